import { expect, test } from 'vitest'
import { isProblemCode, problemCodes } from './problemCodes.ts'

test('every code has an error status and a title', () => {
  for (const { status, title } of Object.values(problemCodes)) {
    expect(status).toBeGreaterThanOrEqual(400)
    expect(title).not.toBe('')
  }
})

test('a name from the prototype is no code', () => {
  expect(isProblemCode('sold_out')).toBe(true)
  expect(isProblemCode('toString')).toBe(false)
})
