import { describe, expect, it } from 'vitest'
import { initials, toneOf } from './initials.ts'

describe('initials', () => {
  it('takes the first and the last word', () => {
    expect(initials('Ada King Lovelace', 'en')).toBe('AL')
    expect(initials('bjork', 'en')).toBe('B')
    expect(initials('the-night_owls', 'en')).toBe('TO')
  })

  it('keeps letters outside the basic plane and with marks whole', () => {
    expect(initials('𐐀𐐁 e\u0301mile', 'en')).toBe('𐐀E\u0301')
    expect(initials('李 小龙', 'zh')).toBe('李小')
  })

  it('is empty for a name without letters', () => {
    expect(initials('🎸 !!', 'en')).toBe('')
  })
})

describe('toneOf', () => {
  it('is steady and in range', () => {
    expect(toneOf('maya', 6)).toBe(toneOf('maya', 6))
    for (const id of ['a', 'b', 'c', '']) expect(toneOf(id, 6)).toBeLessThan(6)
  })
})
