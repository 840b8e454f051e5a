import { correction, generate } from 'lean-qr'
import { toSvgPath } from 'lean-qr/extras/svg'

export interface QrPath {
  /** Modules a side, without the quiet zone. */
  size: number
  /** An SVG path, one unit a module. */
  path: string
}

/**
 * The code as a drawing; medium correction, for screens with scratches and thumbs. The whole of lean-qr and not its
 * `nano`: that one writes bytes, and would draw a ticket's code in 53 modules a side instead of 41.
 */
export const qrPath = (code: string): QrPath => {
  const bitmap = generate(code, { minCorrectionLevel: correction.M })
  return { size: bitmap.size, path: toSvgPath(bitmap as never) }
}
