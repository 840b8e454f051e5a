import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EmbedManifest } from './embedManifest.ts'
import { startLoader } from './startLoader.ts'

// Nothing is served at this address: that what loads also runs, and what was changed does not, is shown end to end.
const script = (nonce = '') => {
  const tag = document.createElement('script')
  Object.defineProperty(tag, 'src', { value: 'https://api.invalid/embed/v1/loader.js?x=1' })
  tag.nonce = nonce
  return tag
}

const refuse = () => Promise.reject(new Error('nothing is served here'))

let builds = 0
const build = (): EmbedManifest => ({
  version: String(++builds),
  widgets: { tickets: 'tickets-1.js' },
  files: { 'tickets-1.js': ['sha256-tickets', ['shared-2.js']], 'shared-2.js': ['sha256-shared', []] },
})

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
})

afterEach(() => {
  document.body.replaceChildren()
})

test('tells an element the address of the API unless it has one', () => {
  document.body.innerHTML =
    '<venuekit-tickets></venuekit-tickets><venuekit-tickets api-url="https://own"></venuekit-tickets>'
  startLoader(build(), script(), refuse)
  const addresses = [...document.querySelectorAll('venuekit-tickets')].map(element => element.getAttribute('api-url'))
  expect(addresses).toEqual(['https://api.invalid', 'https://own'])
})

test('fills a placeholder with the element it asks for, attributes and all', async () => {
  startLoader(build(), script(), refuse)
  const placeholder = document.createElement('div')
  placeholder.dataset.venuekit = 'tickets'
  placeholder.dataset.eventId = 'e1'
  document.body.append(placeholder)
  await vi.waitFor(() => expect(placeholder.firstElementChild?.localName).toBe('venuekit-tickets'))
  expect(placeholder.firstElementChild?.getAttribute('event-id')).toBe('e1')
  expect(placeholder.firstElementChild?.getAttribute('api-url')).toBe('https://api.invalid')
})

test('leaves a placeholder for something it does not know as it is', () => {
  document.body.innerHTML = '<div data-venuekit="guestbook"><p>Hello</p></div>'
  startLoader(build(), script(), refuse)
  expect(document.body.textContent).toBe('Hello')
})

test('finds elements that come later, deep in what was added', async () => {
  startLoader(build(), script(), refuse)
  const section = document.createElement('section')
  section.innerHTML = '<div><venuekit-tickets></venuekit-tickets></div>'
  document.body.append(section)
  await vi.waitFor(() =>
    expect(section.querySelector('venuekit-tickets')?.getAttribute('api-url')).toBe('https://api.invalid'),
  )
})

test('announces each file once, imports too, with integrity and the nonce of its own tag', () => {
  document.body.innerHTML = '<venuekit-tickets loading="eager"></venuekit-tickets>'.repeat(2)
  const manifest = build()
  startLoader(manifest, script('n0nce'), refuse)
  const folder = `https://api.invalid/embed/${manifest.version}/`
  const links = [...document.head.querySelectorAll<HTMLLinkElement>(`link[href^="${folder}"]`)]
  expect(links.map(link => [link.rel, link.href, link.integrity, link.nonce, link.crossOrigin])).toEqual([
    ['modulepreload', `${folder}tickets-1.js`, 'sha256-tickets', 'n0nce', 'anonymous'],
    ['modulepreload', `${folder}shared-2.js`, 'sha256-shared', 'n0nce', 'anonymous'],
  ])
})

test('says on the element that its code could not be loaded', async () => {
  document.body.innerHTML = '<venuekit-tickets loading="eager"></venuekit-tickets>'
  const failed = new Promise<Event>(resolve => {
    document.body.addEventListener('venuekit-error', resolve, { once: true })
  })
  startLoader(build(), script(), refuse)
  expect((await failed).target).toBe(document.body.firstElementChild)
})
