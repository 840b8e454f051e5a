import { afterEach, beforeAll, expect, test } from 'vitest'
import { cdp, page } from 'vitest/browser'
import { checkAccess } from '../../../test/checkAccess.ts'
import { PageFailure } from './client/PageFailure.ts'
import { mountPage } from './mountPage.tsx'
import { createPageServer, type PageServer } from './testing/pageServer.ts'
import { badOperations, damagedEvent, newOperations, sampleEvent, wellOperations } from './testing/sampleOperations.ts'

// `VITE_PICTURES=1` draws every state into `.screenshots/ops`, for a person to look at.
const wantsPictures = (import.meta as { env?: Record<string, string> }).env?.VITE_PICTURES === '1'

const emulate = cdp() as { send(method: string, parameters: object): Promise<unknown> }

/** It judges no text of one character, and none of a drawing: that has the colour of hints, which it judges. */
const unjudged = /too short to determine|contains an image node/

interface Scene {
  server: () => PageServer
  /** Shown once the scene is. */
  until: string
  act?: (server: PageServer) => Promise<void>
}

const many = () => Array.from({ length: 212 }, (_, index) => sampleEvent(index))

const find = (selector: string): HTMLElement | null => document.querySelector<HTMLElement>(selector)

const until = (selector: string) => expect.poll(() => find(selector) !== null).toBe(true)

const textBox = (element: Element): DOMRect => {
  const range = document.createRange()
  range.selectNodeContents(element)
  return range.getBoundingClientRect()
}

const doMeet = (one: DOMRect, other: DOMRect): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom

/** Texts that run into each other within a line of the page, and texts of a drawing that it cuts off. */
const collisions = (): string[] => {
  const lines = [...document.querySelectorAll('.top, .job')].map(line => [
    ...line.querySelectorAll('h1, .freshness, button, code, .aside'),
  ])
  const met = lines.flatMap(texts =>
    texts.flatMap((text, index) => texts.slice(index + 1).filter(other => doMeet(textBox(text), textBox(other)))),
  )
  const cut = [...document.querySelectorAll('svg text')].filter(
    text => text.getBoundingClientRect().right > (text.closest('svg')?.getBoundingClientRect().right ?? 0),
  )
  return [...met, ...cut].map(element => element.textContent ?? '')
}

const selectFirst = async () => {
  find('.event-name')?.click()
  await until('.detail .parts')
  await until('.detail .plot')
}

const scenes: Record<string, Scene> = {
  well: { server: () => createPageServer({ operations: wellOperations(), events: many() }), until: '.event' },
  bad: {
    server: () => createPageServer({ operations: badOperations(), events: [damagedEvent(), ...many().slice(1, 9)] }),
    until: '.event',
    act: async () => find('.alert summary')?.click(),
  },
  event: {
    server: () =>
      createPageServer({
        operations: badOperations(),
        events: [damagedEvent()],
        detail: {
          event: damagedEvent(),
          pools: [{ id: sampleEvent(9).id, name: 'The hall', capacity: 5000, reserved: 52, issued: 4100 }],
          findings: [
            { kind: 'ghost_reservations', sentence: 'Tier Front table counts 90 more than is held.', orderId: null },
          ],
        },
      }),
    until: '.event',
    act: selectFirst,
  },
  new: { server: () => createPageServer({ operations: newOperations(), salesScale: 0 }), until: '#events .empty' },
  unreachable: {
    server: () => createPageServer({ operations: wellOperations(), events: many() }),
    until: '.event',
    act: async server => {
      server.failure = new PageFailure('unreachable', 'The server cannot be reached.')
      await until('.stale-bar:not([hidden])')
    },
  },
  login: { server: () => createPageServer({ operations: wellOperations(), signedIn: false }), until: '#key' },
}

const looks = [
  { name: 'light', width: 1280, scheme: 'light', direction: 'ltr' },
  { name: 'dark', width: 1280, scheme: 'dark', direction: 'ltr' },
  { name: 'narrow', width: 320, scheme: 'light', direction: 'ltr' },
  { name: 'rtl', width: 1280, scheme: 'light', direction: 'rtl' },
] as const

const sheets = ['1-base', '2-controls', '3-layout', '4-plots', '5-events', '6-rows'] as const

beforeAll(async () => {
  await Promise.all(
    sheets.map(
      sheet =>
        new Promise(resolve => {
          const link = document.createElement('link')
          link.rel = 'stylesheet'
          link.href = new URL(`./styles/${sheet}.css`, import.meta.url).href
          link.addEventListener('load', resolve)
          document.head.append(link)
        }),
    ),
  )
  // Colours are judged as they end, and pictures are drawn of what stands.
  const still = new CSSStyleSheet()
  still.replaceSync('*, *::before { animation: none !important; transition: none !important }')
  document.adoptedStyleSheets = [still]
})

let unmount: (() => void) | null = null

afterEach(() => {
  unmount?.()
  unmount = null
  document.body.replaceChildren()
  document.documentElement.dir = 'ltr'
  history.replaceState(null, '', location.pathname + location.search)
})

for (const [scene, { server: start, until: shown, act }] of Object.entries(scenes)) {
  for (const { name, width, scheme, direction } of looks) {
    // One scene is enough to see that the page can be mirrored; a person looks at all of them.
    test.runIf(wantsPictures || name !== 'rtl' || scene === 'bad')(
      `${scene}, ${name}: axe finds nothing, and nothing is wider than the page`,
      { timeout: 120_000 },
      async () => {
        await emulate.send('Emulation.setEmulatedMedia', {
          features: [{ name: 'prefers-color-scheme', value: scheme }],
        })
        await page.viewport(width, 900)
        document.documentElement.dir = direction
        document.documentElement.lang = 'en'
        document.title = 'Operations'
        const root = document.createElement('div')
        document.body.append(root)
        const server = start()
        unmount = mountPage(root, server.client, { tell: () => {}, listen: () => {} }, 300)
        await until(shown)
        if (scene !== 'login') await until('.plot')
        await act?.(server)
        if (wantsPictures) {
          await page.viewport(width, Math.max(900, document.documentElement.scrollHeight))
          await page.screenshot({ path: `../../../.screenshots/ops/${scene}-${name}.png` })
        }
        expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width)
        expect(collisions()).toEqual([])
        const found = await checkAccess(document.body)
        expect(found.filter(line => !unjudged.test(line))).toEqual([])
      },
    )
  }
}
