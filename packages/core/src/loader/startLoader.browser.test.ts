import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { CreateBody } from '../element/createBody.ts'
import type { ImportModule } from './createImporter.ts'
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

/** Definitions cannot be taken back: each test has a build with an element of its own. */
const build = (): EmbedManifest & { name: string } => {
  const name = `probe${++builds}`
  return {
    name,
    version: String(builds),
    widgets: {
      [name]: ['tickets-1.js', { apiUrl: 'text', eventId: 'text', viewer: 'value', loading: ['eager', 'lazy'] }],
    },
    files: {
      'tickets-1.js': ['sha256-tickets', ['shared-2.js']],
      'shared-2.js': ['sha256-shared', []],
      'files-3.js': ['sha256-files', []],
    },
    more: 'files-3.js',
  }
}

interface Loaded extends HTMLElement {
  eventId: string
  viewer: unknown
  ready: Promise<void>
  open(): Promise<void>
}

const add = (html: string): Loaded => {
  const holder = document.createElement('section')
  holder.innerHTML = html
  document.body.append(holder)
  return holder.firstElementChild as Loaded
}

/** A body that writes down what is asked of it. */
const recordBody = () => {
  const asked: string[] = []
  const createBody: CreateBody = (_, { resolveReady }) => ({
    connect: () => {
      asked.push('connect')
      resolveReady()
    },
    disconnect: () => asked.push('disconnect'),
    change: property => asked.push(`change ${property}`),
    addStyles: () => {},
    call: async method => void asked.push(method),
  })
  const imported: string[] = []
  const importModule: ImportModule = async url => {
    imported.push(url)
    return { createBody }
  }
  return { asked, imported, importModule }
}

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
})

afterEach(() => {
  document.body.replaceChildren()
})

test('tells an element the address of the API unless it has one', () => {
  const manifest = build()
  const tag = `venuekit-${manifest.name}`
  const told = add(`<${tag}></${tag}>`)
  const own = add(`<${tag} api-url="https://own"></${tag}>`)
  startLoader(manifest, script(), refuse)
  expect([told, own].map(element => element.getAttribute('api-url'))).toEqual(['https://api.invalid', 'https://own'])
})

test('fills a placeholder with the element it asks for, attributes and all, also one that comes later', async () => {
  const manifest = build()
  startLoader(manifest, script(), refuse)
  const placeholder = add(`<div data-venuekit="${manifest.name}" data-event-id="e1"></div>`)
  await vi.waitFor(() => expect(placeholder.firstElementChild?.localName).toBe(`venuekit-${manifest.name}`), 20_000)
  const element = placeholder.firstElementChild
  expect([element?.getAttribute('event-id'), element?.getAttribute('api-url')]).toEqual(['e1', 'https://api.invalid'])
  add('<p></p>')
  await new Promise(resolve => setTimeout(resolve))
  expect(placeholder.firstElementChild).toBe(element)
})

test('leaves a placeholder for something it does not know as it is', () => {
  add('<div data-venuekit="guestbook"><p>Hello</p></div>')
  startLoader(build(), script(), refuse)
  expect(document.body.textContent).toBe('Hello')
})

test('properties and methods are there before any code is, and reach it once it is', async () => {
  const manifest = build()
  const tag = `venuekit-${manifest.name}`
  const { asked, imported, importModule } = recordBody()
  const element = add(`<${tag}></${tag}>`)
  element.style.marginTop = '9000px'
  const viewer = { id: 'v1' }
  element.viewer = viewer
  startLoader(manifest, script(), importModule)
  element.eventId = 'e1'
  expect(['viewer' in element, element.getAttribute('event-id'), element.viewer]).toEqual([true, 'e1', viewer])
  expect(imported).toEqual([])
  await element.open()
  expect(imported).toEqual([`https://api.invalid/embed/${manifest.version}/tickets-1.js`])
  element.viewer = null
  expect(asked).toEqual(['connect', 'open', 'change viewer'])
})

test('announces each file once, imports too, with integrity and the nonce of its own tag', () => {
  const manifest = build()
  const tag = `venuekit-${manifest.name}`
  add(`<${tag} loading="eager"></${tag}>`.repeat(2))
  startLoader(manifest, script('n0nce'), refuse)
  const folder = `https://api.invalid/embed/${manifest.version}/`
  const links = [...document.head.querySelectorAll<HTMLLinkElement>(`link[href^="${folder}"]`)]
  const rows = links.map(link => [link.rel, link.href, link.integrity, link.nonce, link.crossOrigin])
  const row = (file: string, integrity: string) => ['modulepreload', folder + file, integrity, 'n0nce', 'anonymous']
  expect(rows).toEqual([
    row('files-3.js', 'sha256-files'),
    row('tickets-1.js', 'sha256-tickets'),
    row('shared-2.js', 'sha256-shared'),
  ])
})

test('code that does not come is told by an event, and offered once more; other children stay', async () => {
  const manifest = build()
  const tag = `venuekit-${manifest.name}`
  const { asked, importModule } = recordBody()
  let serve = false
  const errors: string[] = []
  document.body.addEventListener('venuekit-error', event => errors.push((event as CustomEvent).detail.message), {
    once: true,
  })
  const element = add(`<${tag} loading="eager"></${tag}>`)
  startLoader(manifest, script(), url => (serve ? importModule(url) : refuse()))
  await expect(element.ready).rejects.toThrow('nothing is served here')
  expect(errors).toEqual(['nothing is served here'])
  const retry = element.shadowRoot?.querySelector('button')
  expect(retry?.textContent).toBe('Try again')
  serve = true
  retry?.click()
  await vi.waitFor(() => expect(asked).toEqual(['connect']), 20_000)
})
