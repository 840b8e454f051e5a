import { toSvgPath } from 'lean-qr/extras/svg'
import { correction, generate } from 'lean-qr/nano'

export interface QrPath {
  /** Modules a side, without the quiet zone. */
  size: number
  /** An SVG path, one unit a module. */
  path: string
}

/** The code as a drawing; medium correction, for screens with scratches and thumbs. */
export const qrPath = (code: string): QrPath => {
  const bitmap = generate(code, { minCorrectionLevel: correction.M })
  return { size: bitmap.size, path: toSvgPath(bitmap as never) }
}
