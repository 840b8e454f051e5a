import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { ServerKit } from '../../createServerKit.ts'
import type { AssetSource } from '../../ports/assets.ts'
import { startTestKit, type TestKit } from '../../testing/startTestKit.ts'
import { type TestClock, testClock } from '../../testing/testClock.ts'
import { testSecrets } from '../../testing/testSecrets.ts'

const files = { script: 'page-1.js', style: 'page-1.css', wellIcon: 'well-1.svg', attentionIcon: 'attention-1.svg' }
const contents: Record<string, string> = { 'ops/manifest.json': JSON.stringify(files), 'ops/page-1.js': 'draw()' }
const assets: AssetSource = {
  async read(path) {
    const text = contents[path]
    return text === undefined ? null : new TextEncoder().encode(text)
  },
}

let stage: TestKit
let clock: TestClock
beforeAll(async () => {
  stage = await startTestKit({ assets, basePath: '/venuekit' })
  clock = await testClock(stage.database)
}, 60_000)
afterEach(() => clock.reset())
afterAll(() => stage.close())

const [adminKey = ''] = testSecrets.adminKeys
const page = { 'venuekit-page': 'operations', 'sec-fetch-site': 'same-origin' }

interface Sent {
  method?: string
  headers?: Record<string, string>
  body?: string
  address?: string
  kit?: ServerKit
}

const send = (path: string, { method = 'GET', headers = page, body, address, kit = stage.kit }: Sent = {}) =>
  kit.fetch(new Request(`https://kit.test/venuekit${path}`, { method, headers, ...(body !== undefined && { body }) }), {
    clientAddress: address ?? '198.51.100.7',
  })

const tryKey = (key: unknown, change: Sent = {}) =>
  send('/ops/session', {
    method: 'POST',
    headers: { ...page, 'content-type': 'application/json', origin: 'https://kit.test' },
    body: JSON.stringify({ key }),
    ...change,
  })

const cookieOf = (answer: Response): string => answer.headers.get('set-cookie')?.split(';')[0] ?? ''

const signIn = async (): Promise<string> => cookieOf(await tryKey(adminKey))

const read = (cookie: string, headers: Record<string, string> = page) =>
  send('/ops/data/operations', { headers: { ...headers, cookie } })

test('the page comes with a policy that allows its own files alone; no cache, no frame and no search engine has it', async () => {
  const answer = await send('/ops')
  const policy = answer.headers.get('content-security-policy')
  for (const directive of [
    "default-src 'none'",
    "script-src 'self'",
    "frame-ancestors 'none'",
    "form-action 'none'",
    "trusted-types 'none'",
    "require-trusted-types-for 'script'",
  ])
    expect(policy).toContain(directive)
  expect(policy).not.toContain('unsafe')
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex, nofollow',
    'x-frame-options': 'DENY',
    'cross-origin-resource-policy': 'same-origin',
  })
  const html = await answer.text()
  expect(html).not.toMatch(/<script>|\sstyle=|\son\w+=/)
  // Relative, so that it holds below any path.
  for (const file of Object.values(files)) expect(html).toContain(`"ops/files/${file}"`)
})

test('its files are kept for ever, and are no part of what other sites embed', async () => {
  const script = await send('/ops/files/page-1.js', { headers: {} })
  expect(await script.text()).toBe('draw()')
  expect(script.headers.get('cache-control')).toContain('immutable')
  expect((await send('/embed/ops/page-1.js', { headers: {} })).status).toBe(404)
  expect((await send('/ops/files/..%2Fmanifest.json', { headers: {} })).status).toBe(404)
  const slash = await send('/ops/')
  expect([slash.status, slash.headers.get('location')]).toEqual([308, '../ops'])
})

test('a kit without the files says so instead of drawing an empty page', async () => {
  const bare = await startTestKit({ basePath: '/venuekit' }, {}, async () => stage.database)
  const answer = await send('/ops', { kit: bare.kit })
  expect(answer.status).toBe(404)
  expect(await answer.text()).toContain('assets')
  await bare.twin.close()
})

test('the right key opens a session in a cookie that no script reads and no other site sends', async () => {
  const answer = await tryKey(adminKey)
  expect(answer.status).toBe(204)
  const cookie = answer.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/; HttpOnly; Secure; SameSite=Strict$/)
  // Without a path the browser takes `…/ops`: no other route of the host's gets to see it.
  expect(cookie).not.toMatch(/Path=|Domain=/i)
  expect(cookie).not.toContain(adminKey)
  expect((await read(cookieOf(answer))).status).toBe(200)
})

test('a session opens nothing but what the page reads', async () => {
  const cookie = await signIn()
  for (const path of ['/v1/admin/operations', '/v1/admin/events', '/ops/data/events', '/ops/data/health']) {
    expect((await send(path, { headers: { ...page, cookie } })).status, path).not.toBe(200)
  }
  expect((await send('/ops/data/operations', { method: 'POST', headers: { ...page, cookie } })).status).toBe(405)
})

test.for([
  ['another site', { ...page, 'sec-fetch-site': 'cross-site' }],
  ['another host of the same domain', { ...page, 'sec-fetch-site': 'same-site' }],
  ['a form, an image or a link', { 'sec-fetch-site': 'same-origin' }],
  ['nothing that says where it is from', {}],
] as const)('%s reads nothing, signs nobody in and nobody out', async ([, headers]) => {
  const cookie = await signIn()
  expect((await read(cookie, headers)).status).toBe(403)
  expect((await tryKey(adminKey, { headers: { ...headers, 'content-type': 'application/json' } })).status).toBe(403)
  expect((await send('/ops/session', { method: 'DELETE', headers: { ...headers, cookie } })).status).toBe(403)
  expect((await read(cookie)).status).toBe(200)
})

test('a session that is altered, made up or over opens nothing', async () => {
  const cookie = await signIn()
  const [id, seconds, signature] = cookie.replace('venuekit-operations=', '').split('.')
  const forged = [
    `${crypto.randomUUID()}.${seconds}.${signature}`,
    `${id}.${Number(seconds) + 1}.${signature}`,
    `${id}.${seconds}.${'A'.repeat(43)}`,
    `${id}.${seconds}.`,
    '',
    'x'.repeat(5000),
  ]
  for (const token of forged) expect((await read(`venuekit-operations=${token}`)).status).toBe(401)
  await clock.advance(12 * 3_600_000 - 60_000)
  expect((await read(cookie)).status).toBe(200)
  await clock.advance(120_000)
  expect((await read(cookie)).status).toBe(401)
})

test('who logs out ends the session everywhere: a copy of the cookie is worth nothing', async () => {
  const cookie = await signIn()
  const other = await signIn()
  const answer = await send('/ops/session', { method: 'DELETE', headers: { ...page, cookie } })
  expect(answer.headers.get('set-cookie')).toMatch(/^venuekit-operations=; Max-Age=0/)
  expect((await read(cookie)).status).toBe(401)
  expect((await read(other)).status).toBe(200)
  expect((await send('/ops/session', { method: 'DELETE' })).status).toBe(204)
})

test('sessions end with the key that opened them', async () => {
  const cookie = await signIn()
  const secrets = { ...testSecrets, adminKeys: ['vk_sec_another_0123456789abcdef0123456789abcdef'] }
  const rotated = await startTestKit({ assets, basePath: '/venuekit', secrets }, {}, async () => stage.database)
  expect((await send('/ops/data/operations', { headers: { ...page, cookie }, kit: rotated.kit })).status).toBe(401)
  await rotated.twin.close()
})

test('keys are tried ten times a minute from one address; then the right one waits as well, and others do not', async () => {
  const address = '203.0.113.9'
  for (let tried = 0; tried < 10; tried++) {
    const answer = await tryKey(`vk_sec_${tried}`, { address })
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null])
  }
  const refused = await tryKey(adminKey, { address })
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await tryKey(adminKey, { address: '203.0.113.10' })).status).toBe(204)
  await clock.advance(61_000)
  expect((await tryKey(adminKey, { address })).status).toBe(204)
})

test('whoever has the right key may sign in as often as he likes', async () => {
  for (let times = 0; times < 12; times++)
    expect((await tryKey(adminKey, { address: '203.0.113.20' })).status).toBe(204)
})

test('what is no key is refused without being repeated', async () => {
  for (const body of ['{', '[]', '{"key":7}', '{"key":""}', `{"key":"${'k'.repeat(600)}"}`]) {
    const answer = await tryKey('', { body, address: '203.0.113.30' })
    expect(answer.status).toBe(400)
    expect(await answer.text()).not.toContain('kkkk')
  }
  const large = await tryKey('', { body: JSON.stringify({ key: 'k'.repeat(5000) }), address: '203.0.113.30' })
  expect(large.status).toBe(413)
})

test('an answer that has not changed is told in a line, whatever time it is', async () => {
  const cookie = await signIn()
  const first = await read(cookie)
  const etag = first.headers.get('etag') ?? ''
  await clock.advance(1000)
  const again = await read(cookie, { ...page, 'if-none-match': etag })
  expect([again.status, await again.text()]).toEqual([304, ''])
  expect(again.headers.get('cache-control')).toBe('no-store')
})
