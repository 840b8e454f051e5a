import { describe, expect, it } from 'vitest'
import { linkify } from './linkify.ts'

const links = (text: string) => linkify(text).flatMap(part => (part.href === null ? [] : [part.text]))

describe('linkify', () => {
  it('gives text without an address as one part', () => {
    expect(linkify('Doors open at 7')).toEqual([{ text: 'Doors open at 7', href: null }])
    expect(linkify('')).toEqual([])
  })

  it('loses no character of the text', () => {
    const text = 'See https://a.example/x, (https://b.example/y_(z)) and https://c.example.'
    expect(
      linkify(text)
        .map(part => part.text)
        .join(''),
    ).toBe(text)
  })

  it('leaves the punctuation of the sentence outside', () => {
    expect(links('At https://a.example/x. Or https://b.example/y?q=1!')).toEqual([
      'https://a.example/x',
      'https://b.example/y?q=1',
    ])
  })

  it('keeps brackets that belong to the address', () => {
    expect(links('(https://a.example/x_(y))')).toEqual(['https://a.example/x_(y)'])
  })

  it('opens http and https only', () => {
    expect(links('javascript:alert(1) data:text/html,x ftp://a.example file:///etc')).toEqual([])
  })

  it('treats markup as text around the address', () => {
    expect(linkify('<a href="https://a.example/x">x</a>')).toEqual([
      { text: '<a href="', href: null },
      { text: 'https://a.example/x', href: 'https://a.example/x' },
      { text: '">x</a>', href: null },
    ])
  })

  it('skips what looks like an address and is none', () => {
    expect(links('https:// and http://[')).toEqual([])
  })

  it('answers in linear time for a hostile text', () => {
    const started = performance.now()
    // Twenty times what a post may hold: what grows with the square of it takes many seconds.
    linkify(`https://a.example/${')'.repeat(40_000)}`)
    linkify(`https://a.example/${'.'.repeat(40_000)}x`)
    linkify('https://'.repeat(5_000))
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})
