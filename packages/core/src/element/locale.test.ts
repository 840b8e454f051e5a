import { expect, test } from 'vitest'
import { validLocale } from './locale.ts'

test('tags that Intl refuses are no locales', () => {
  for (const tag of ['en-US@posix', 'en_US', 'x', '', null, undefined, 'C.UTF-8', '<script>']) {
    expect(validLocale(tag)).toBeNull()
  }
})

test('valid tags come in canonical form', () => {
  expect(validLocale('EN-us')).toBe('en-US')
  expect(validLocale('zh-hant-tw')).toBe('zh-Hant-TW')
})
