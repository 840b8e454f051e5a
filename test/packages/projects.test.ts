import { readFile } from 'node:fs/promises'
import { join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Listener, listen } from '../../examples/host/src/listen.ts'
import { launchChromium, Visitor } from '../e2e/Visitor.ts'
import { EmptyProject } from './EmptyProject.ts'
import { readPacked } from './packed.ts'

const tarballs = inject('tarballs')
const packed = (...names: string[]) => names.map(name => tarballs[name] ?? '')

interface Settings {
  apiUrl: string
  publishableKey: string
  eventId: string
  feedId: string
}

const types: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  json: 'application/json',
}
const typeOf = (path: string) => types[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream'

const stack = new AsyncDisposableStack()
const pages = new Map<string, string>()
let site: Listener
let settings: Settings
let host: EmptyProject
let browser: Browser

/** A venue's site: what the tests put up, and the files of a built app. */
let builtApp = ''
const answer = async (request: Request): Promise<Response> => {
  const { pathname } = new URL(request.url)
  const page = pages.get(pathname)
  const path = normalize(pathname === '/' ? '/index.html' : pathname)
  try {
    const body = page ?? (await readFile(join(builtApp, path)))
    return new Response(body, { headers: { 'content-type': typeOf(path) } })
  } catch {
    return new Response('There is nothing here.', { status: 404 })
  }
}

beforeAll(async () => {
  site = await listen(answer, 0)
  stack.defer(() => site.close())
  const others = ['@electric-sql/pglite@0.5', 'stripe@23', 'image-size@2', 'mediabunny@1']
  host = stack.use(await EmptyProject.create('host', [...packed('core', 'server-kit'), ...others]))
  settings = JSON.parse(await host.start('host.mjs', { SITE_ORIGIN: site.url })) as Settings
  pages.set('/settings.json', JSON.stringify(settings))
  browser = await launchChromium()
  stack.defer(() => browser.close())
})
afterAll(() => stack.disposeAsync())

/** Both elements are there with what the host has; the page has nothing to complain of. */
const seeWidgets = async (address: string): Promise<Visitor> => {
  const visitor = await Visitor.arrive(browser)
  await visitor.page.goto(address)
  await visitor.page.locator('venuekit-tickets').getByText('Guest list').waitFor({ timeout: 30_000 })
  await visitor.page.locator('venuekit-feed').getByText('It came out of a tarball.').waitFor({ timeout: 30_000 })
  expect(visitor.complaintsOf(site.url)).toEqual([])
  return visitor
}

test('a host on plain Node gives tickets from the packed server kit, on the SQL that came with it', async () => {
  const key = { 'venuekit-key': settings.publishableKey, 'content-type': 'application/json', origin: site.url }
  const shown = await fetch(`${settings.apiUrl}/v1/events/${settings.eventId}?key=${settings.publishableKey}`)
  const { event } = (await shown.json()) as { event: { tiers: { id: string }[] } }
  const created = await fetch(`${settings.apiUrl}/v1/orders`, {
    method: 'POST',
    headers: { ...key, 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({
      eventId: settings.eventId,
      items: [{ tierId: event.tiers[0]?.id, quantity: 2 }],
      buyer: { name: 'Ada', email: 'ada@example.com' },
      returnUrl: `${site.url}/`,
    }),
  })
  expect(await created.json()).toMatchObject({
    checkout: { kind: 'free' },
    order: { status: 'fulfilled', tickets: [{ status: 'valid' }, { status: 'valid' }] },
  })
})

test('every entry can be imported on a server, where it does nothing; the types are right', async () => {
  const names = ['core', 'feed-widget', 'ticket-widget', 'server-kit']
  const peers = ['@electric-sql/pglite@0.5', '@tanstack/query-core@5', 'msw@3', 'nodemailer@10', 'pg@8', 'stripe@23']
  const more = [
    'image-size@2',
    'mediabunny@1',
    '@supabase/supabase-js@2',
    'react@19',
    'react-dom@19',
    '@types/react@19',
  ]
  const tools = ['typescript@5.9', '@types/node@24', '@types/pg@8']
  await using project = await EmptyProject.create('server-side', [...packed(...names), ...peers, ...more, ...tools])
  const entries: string[] = []
  for (const [folder, tarball] of Object.entries(tarballs)) {
    const { exports } = JSON.parse(await readPacked(tarball, 'package.json')) as { exports: Record<string, unknown> }
    // Types alone, and no JavaScript to import without the framework.
    const others = ['./package.json', './preact', './react', './vue']
    for (const entry of Object.keys(exports))
      if (!others.includes(entry)) entries.push(`@venuekit/${folder}${entry.slice(1)}`)
  }
  const told = JSON.parse(await project.run('node', ['index.mjs', ...entries])) as Record<string, unknown>
  expect(told).toEqual({
    imported: entries.length,
    added: [],
    element: 'function',
    markup: '<venuekit-feed feed-id="a">Loading the feed</venuekit-feed>',
  })
  await project.run('npx', ['tsc', '-p', '.'])
  await project.run('npx', ['tsc', '-p', 'tsconfig.noPage.json'])
})

test('an app of Vite and React shows both elements and a list of its own', async () => {
  const widgets = packed('core', 'feed-widget', 'ticket-widget')
  const others = ['react@19', 'react-dom@19', '@tanstack/react-query@5', '@tanstack/query-core@5']
  const tools = ['vite@8', '@vitejs/plugin-react@6']
  await using project = await EmptyProject.create('react', [...widgets, ...others, ...tools])
  await project.run('npx', ['vite', 'build'])
  builtApp = join(project.folder, 'dist')
  const visitor = await seeWidgets(`${site.url}/`)
  expect(await visitor.page.locator('ol > li').first().textContent()).toBe('It came out of a tarball.')
})

test('a page without any tools shows both elements by the script tag alone', async () => {
  const plain = await readFile(fileURLToPath(new URL('./projects/page.html', import.meta.url)), 'utf8')
  const filled = plain
    .replaceAll('API_URL', settings.apiUrl)
    .replaceAll('PUBLISHABLE_KEY', settings.publishableKey)
    .replaceAll('EVENT_ID', settings.eventId)
    .replaceAll('FEED_ID', settings.feedId)
  pages.set('/plain.html', filled)
  await seeWidgets(`${site.url}/plain.html`)
})
