/** Bits in the order in which H.264 reads them. */
export interface BitWriter {
  bits(value: number, count: number): BitWriter
  /** Exp-Golomb: short codes for small numbers. */
  golomb(...values: number[]): BitWriter
  /** Whole bytes, after zeros up to the next byte. */
  aligned(bytes: Uint8Array): BitWriter
  /** Ends with the stop bit. */
  finish(): Uint8Array
}

export const createBitWriter = (): BitWriter => {
  const bytes: number[] = []
  let current = 0
  let filled = 0
  const bit = (value: number): void => {
    current = (current << 1) | value
    filled += 1
    if (filled < 8) return
    bytes.push(current)
    current = 0
    filled = 0
  }
  const align = (): void => {
    while (filled > 0) bit(0)
  }
  const writer: BitWriter = {
    bits(value, count) {
      for (let place = count - 1; place >= 0; place -= 1) bit((value >> place) & 1)
      return writer
    },
    golomb(...values) {
      for (const value of values) {
        const length = 32 - Math.clz32(value + 1)
        writer.bits(0, length - 1).bits(value + 1, length)
      }
      return writer
    },
    aligned(chunk) {
      align()
      for (const byte of chunk) bytes.push(byte)
      return writer
    },
    finish() {
      bit(1)
      align()
      return Uint8Array.from(bytes)
    },
  }
  return writer
}
