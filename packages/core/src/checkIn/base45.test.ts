import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase45, toBase45 } from './base45.ts'

const ascii = (text: string) => new TextEncoder().encode(text)

test.each([
  ['AB', 'BB8'],
  ['Hello!!', '%69 VD92EX0'],
  ['base-45', 'UJCLQE7W581'],
  ['ietf!', 'QED8WEX0'],
  ['', ''],
])('%s is written as the standard says', (text, encoded) => {
  expect(toBase45(ascii(text))).toBe(encoded)
  expect(fromBase45(encoded)).toEqual(ascii(text))
})

test('any bytes come back, also as a part of larger ones', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), fc.nat(3), (bytes, start) => {
      const part = bytes.subarray(start)
      expect(fromBase45(toBase45(part))).toEqual(Uint8Array.from(part))
    }),
  )
})

test('a text that is read is the text that is written: there is no second spelling', () => {
  const signs = fc.constantFrom(...'0AZ %:/az٠é\u{1f3ab}')
  fc.assert(
    fc.property(fc.string({ unit: signs, maxLength: 12 }), text => {
      const bytes = fromBase45(text)
      if (bytes) expect(toBase45(bytes)).toBe(text)
    }),
  )
})

test.each(['GGX', ':::', '::', 'X6', 'A', 'BB8A', 'bb8', 'B\u0130\u0100', 'BB8\n', 'BB_', '٠٠٠'])(
  '%j is none of them',
  text => {
    const bytes = fromBase45(text)
    expect(bytes === null || toBase45(bytes) === text).toBe(true)
    expect(bytes).toBeNull()
  },
)
