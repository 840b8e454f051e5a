import { afterEach, expect, test, vi } from 'vitest'
import { resolveDirection, resolveLocale } from './locale.ts'

afterEach(() => {
  document.body.replaceChildren()
  vi.restoreAllMocks()
})

const place = (...attributes: Record<string, string>[]): HTMLElement => {
  let parent: HTMLElement | ShadowRoot = document.body
  let element = document.createElement('div')
  for (const named of attributes) {
    element = document.createElement('div')
    for (const [name, value] of Object.entries(named)) element.setAttribute(name, value)
    parent.append(element)
    parent = element
  }
  return element
}

test('the attribute comes first, then the nearest language of the page', () => {
  expect(resolveLocale(place({ lang: 'fr' }, { locale: 'de', lang: 'es' }))).toBe('de')
  expect(resolveLocale(place({ lang: 'fr' }, { lang: 'es' }, {}))).toBe('es')
})

test('what Intl refuses is passed over', () => {
  expect(resolveLocale(place({ lang: 'ar' }, { lang: 'en_US' }, { locale: 'de@euro' }))).toBe('ar')
})

test('the language around a shadow root counts inside it', () => {
  const host = place({ lang: 'pt-BR' }, {})
  const inner = document.createElement('div')
  host.attachShadow({ mode: 'open' }).append(inner)
  expect(resolveLocale(inner)).toBe('pt-BR')
})

test("without a word from the page the browser's languages count, and English at last", () => {
  const languages = vi.spyOn(navigator, 'languages', 'get')
  languages.mockReturnValue(['en-US@posix', 'es-MX'])
  document.documentElement.removeAttribute('lang')
  expect(resolveLocale(place({}))).toBe('es-MX')
  languages.mockReturnValue(['en-US@posix'])
  expect(resolveLocale(place({}))).toBe('en')
})

test('the direction follows the script, unless the element says otherwise', () => {
  const element = place({})
  const directions = ['ar', 'he', 'fa-IR', 'de', 'ku-Arab', 'az-Latn', 'ur-Latn'].map(tag =>
    resolveDirection(element, tag),
  )
  expect(directions).toEqual(['rtl', 'rtl', 'rtl', 'ltr', 'rtl', 'ltr', 'ltr'])
  expect(resolveDirection(place({ dir: 'ltr' }), 'ar')).toBe('ltr')
})
