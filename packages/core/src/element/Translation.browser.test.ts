import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Languages, Translation } from './Translation.ts'
import { VenueKitElement } from './VenueKitElement.ts'

interface Words {
  hello: string
}

class Speaker extends VenueKitElement {
  declare messages: Partial<Words> | null

  protected override loadBody(): Promise<never> {
    return new Promise(() => {})
  }
}
customElements.define('test-speaker', Speaker)

const german: Words = { hello: 'Hallo' }
const arabic: Words = { hello: 'مرحبًا' }
let speaker: Speaker
let failures: string[]

beforeEach(() => {
  failures = []
  onLoad.mockClear()
  speaker = new Speaker()
  speaker.addEventListener('venuekit-error', event => failures.push((event as CustomEvent).detail.message))
  document.body.append(speaker)
})

afterEach(() => {
  document.body.replaceChildren()
  vi.useRealTimers()
})

const onLoad = vi.fn()
const translate = (languages: Languages<Words> = { de: async () => ({ messages: german }) }) =>
  new Translation<Words>(speaker, languages, onLoad)

const spoken = ({ locale, messages, direction }: Translation<Words>) => [locale, messages?.hello ?? null, direction]

test.each([
  ['de', ['de', 'Hallo', 'ltr']],
  ['de-AT', ['de-AT', 'Hallo', 'ltr']],
  ['en-GB', ['en-GB', null, 'ltr']],
  ['fr', ['en', null, 'ltr']],
  ['he', ['en', null, 'ltr']],
])('%s is spoken as %j', async (locale, expected) => {
  speaker.setAttribute('locale', locale)
  const translation = translate()
  await translation.follow()
  expect(spoken(translation)).toEqual(expected)
})

test('a page that brings its own words has its own locale too', async () => {
  speaker.setAttribute('locale', 'he')
  speaker.messages = { hello: 'שלום' }
  const translation = translate()
  await translation.follow()
  expect(spoken(translation)).toEqual(['he', null, 'rtl'])
})

test('English is there at once, without a word from a loader', () => {
  speaker.setAttribute('locale', 'en-GB')
  const translation = translate()
  void translation.follow()
  expect(translation.locale).toBe('en-GB')
})

test('a language that fails to load is English and an event, and is tried again', async () => {
  speaker.setAttribute('locale', 'de')
  let isDown = true
  const translation = translate({
    de: async () => {
      if (isDown) throw new Error('The chunk did not load.')
      return { messages: german }
    },
  })
  await translation.follow()
  expect([spoken(translation), failures]).toEqual([['en', null, 'ltr'], ['The chunk did not load.']])
  isDown = false
  onLoad.mockClear()
  await translation.follow()
  expect([spoken(translation), onLoad.mock.calls.length]).toEqual([['de', 'Hallo', 'ltr'], 1])
})

test('a slow language is waited for a while; then what is there shows, until it comes', async () => {
  vi.useFakeTimers()
  speaker.setAttribute('locale', 'de')
  let come = (_: { messages: Words }) => {}
  const translation = translate({ de: () => new Promise(resolve => (come = resolve)) })
  const waited = vi.fn()
  const following = translation.follow().then(waited)
  await vi.advanceTimersByTimeAsync(1_900)
  expect(waited).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(200)
  await following
  expect([spoken(translation), onLoad.mock.calls.length]).toEqual([['en', null, 'ltr'], 0])
  come({ messages: german })
  await vi.advanceTimersByTimeAsync(0)
  expect([spoken(translation), onLoad.mock.calls.length]).toEqual([['de', 'Hallo', 'ltr'], 1])
})

test('of two languages wanted one after the other the later is spoken, whichever comes first', async () => {
  const come: Record<string, (loaded: { messages: Words }) => void> = {}
  const later = (name: string) => () => new Promise<{ messages: Words }>(resolve => (come[name] = resolve))
  const translation = translate({ de: later('de'), ar: later('ar') })
  speaker.setAttribute('locale', 'de')
  const first = translation.follow()
  speaker.setAttribute('locale', 'ar')
  const second = translation.follow()
  come.ar?.({ messages: arabic })
  await second
  come.de?.({ messages: german })
  await first
  expect(spoken(translation)).toEqual(['ar', arabic.hello, 'rtl'])
})

test('words that come after the end change nothing', async () => {
  speaker.setAttribute('locale', 'de')
  const translation = translate()
  const following = translation.follow()
  translation.end()
  await following
  expect(onLoad).not.toHaveBeenCalled()
})
