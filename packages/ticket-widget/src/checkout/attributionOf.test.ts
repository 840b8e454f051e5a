import { attribution } from '@venuekit/core/contracts'
import { expect, test } from 'vitest'
import { attributionOf } from './attributionOf.ts'

const page = 'https://venue.example/show'

test('the campaign is read from the address, and nothing else is', () => {
  const href = `${page}?utm_source=news&utm_medium=email&utm_campaign=Late+nights&week=2&utm_id=7&gclid=x#utm_term=no`
  expect(attributionOf(href)).toEqual({ source: 'news', medium: 'email', campaign: 'Late nights' })
  for (const none of [page, `${page}?week=2`, `${page}?utm_source=&utm_term=%20`])
    expect(attributionOf(none)).toBeNull()
})

test('whatever stands there is something that the server takes', () => {
  for (const value of [
    'x'.repeat(500),
    `${' '.repeat(300)}x`,
    'two\nlines\u0000',
    `${'x'.repeat(199)} y`,
    '🦉'.repeat(150),
  ]) {
    const found = attributionOf(`${page}?utm_source=${encodeURIComponent(value)}`)
    expect(attribution.safeParse(found).success, value).toBe(true)
  }
})
