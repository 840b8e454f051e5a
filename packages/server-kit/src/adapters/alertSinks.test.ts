import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ConfigurationError } from '../configurationError.ts'
import type { AlertSinkError } from '../ports/alertSinkError.ts'
import type { AlertMessage, AlertSink } from '../ports/alerts.ts'
import { type AlertReceiver, startAlertReceiver } from '../testing/alertReceiver.ts'
import { consoleAlerts } from './consoleAlerts.ts'
import { postHogAlerts } from './postHogAlerts.ts'
import { slackAlerts } from './slackAlerts.ts'
import { slackText } from './slackText.ts'
import { webhookAlerts } from './webhookAlerts.ts'

let receiver: AlertReceiver
beforeAll(async () => {
  receiver = await startAlertReceiver()
})
afterAll(() => receiver.close())
afterEach(() => {
  receiver.received.length = 0
  receiver.answers.clear()
})

const secretOf = (letter: string): string => `whsec_${btoa(letter.repeat(32))}`
const hostile = '<!channel> *Late* `Set` <https://evil.example|refund> & @here \u202Egnp.exe'
const message = (change: Partial<AlertMessage> = {}): AlertMessage => ({
  alerts: [],
  id: 'alert_1',
  news: 'raised',
  code: 'ghost_reservations',
  severity: 'critical',
  title: 'Ghost reservations',
  summary: hostile,
  text: `Ghost reservations: ${hostile} – 4`,
  fields: { eventId: '6f1c3b2a-1111-4111-8111-111111111111', amount: 4, name: hostile },
  amount: 4,
  amountBefore: null,
  episode: 1,
  raisedAt: '2030-01-01T00:00:00.000Z',
  resolvedAt: null,
  command: 'venuekit audit --event 6f1c3b2a-1111-4111-8111-111111111111',
  ...change,
})
const never = new AbortController().signal
const send = (sink: AlertSink, change: Partial<AlertMessage> = {}) => sink.send(message(change), never)
const failureOf = async (sink: AlertSink): Promise<AlertSinkError> => {
  try {
    await send(sink)
  } catch (error) {
    return error as AlertSinkError
  }
  throw new Error('the sink took it')
}
const bodyOf = (index = 0) => JSON.parse(receiver.received[index]?.body ?? 'null')

const path = '/services/T000/B000/secretQ0canary'
const slack = (options: { timeoutMs?: number } = {}) =>
  slackAlerts({ webhookUrl: `${receiver.url}${path}`, ...options })
const signed = (secrets: string[], clock?: () => number) =>
  webhookAlerts({ url: `${receiver.url}/hook`, secrets, ...(clock && { clock }) })

test('a name of anybody’s makes no mention, no link and no mark-up in Slack', async () => {
  await send(slack())
  const body = bodyOf()
  const all = JSON.stringify(body)
  expect(all).not.toMatch(/<!|<https|@here|\u202E/)
  expect(body.text).toContain('&lt;!channel&gt;')
  expect(body.text).not.toContain('`')
  expect(body).toMatchObject({ mrkdwn: false, parse: 'none', link_names: false })
  const kinds = body.blocks.flatMap((block: { text?: { type: string }; fields?: { type: string }[] }) => [
    ...(block.text ? [block.text.type] : []),
    ...(block.fields ?? []).map(({ type }) => type),
  ])
  expect(kinds.filter((kind: string) => kind === 'mrkdwn')).toHaveLength(1)
  expect(body.blocks.at(-1)).toEqual({
    type: 'section',
    text: {
      type: 'mrkdwn',
      verbatim: true,
      text: 'Run `venuekit audit --event 6f1c3b2a-1111-4111-8111-111111111111`',
    },
  })
})

test('Slack gets no text that is longer than it takes, and none that ends inside an escape', () => {
  const text = slackText(`${'<'.repeat(100)}`, 50)
  expect(text.length).toBeLessThanOrEqual(50)
  expect(text).toMatch(/^(&lt;)+…$/)
  expect(slackText('\u{1F534}'.repeat(40), 60)).not.toMatch(/[\uD800-\uDBFF]…/)
  expect(slackText('', 10)).toBe(' ')
})

test('what is over is green in Slack and asks for no command', async () => {
  await send(slack(), { news: 'resolved', resolvedAt: '2030-01-01T01:00:00.000Z' })
  expect(bodyOf().blocks).toHaveLength(3)
  expect(bodyOf().blocks[0].text.text).toBe('\u{1F7E2} Ghost reservations')
})

test('a webhook is signed by the standard: its library verifies it by each secret in use, and by no other', async () => {
  await send(signed([secretOf('n'), secretOf('o')]), { news: 'resolved', resolvedAt: '2030-01-01T01:00:00.000Z' })
  const [{ body, headers } = { body: '', headers: {} }] = receiver.received
  const given = headers as Record<string, string>
  for (const letter of ['n', 'o']) {
    expect(new Webhook(secretOf(letter)).verify(body, given)).toMatchObject({
      type: 'alert.resolved',
      timestamp: '2030-01-01T01:00:00.000Z',
      data: { id: 'alert_1', code: 'ghost_reservations', amount: 4 },
    })
  }
  expect(() => new Webhook(secretOf('x')).verify(body, given)).toThrow('signature')
  expect(() => new Webhook(secretOf('n')).verify(body.replace('"amount":4', '"amount":5'), given)).toThrow('signature')
  expect(given['webhook-id']).toBe('alert_1')
})

test('a webhook sent again has the same id and the time of its own try', async () => {
  let now = Date.now()
  const sink = signed([secretOf('n')], () => now)
  await send(sink)
  now += 90_000
  await send(sink)
  const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
  const times = receiver.received.map(({ headers }) => Number(headers['webhook-timestamp']))
  expect(new Set(ids).size).toBe(1)
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBe(90)
})

test('PostHog gets an event of nobody, with an id that tells two of one message', async () => {
  const sink = postHogAlerts({ host: `${receiver.url}/`, projectKey: 'phc_key' })
  await send(sink)
  await send(sink)
  await send(sink, { id: 'alert_2' })
  expect(receiver.received[0]?.path).toBe('/i/v0/e/')
  expect(bodyOf()).toMatchObject({
    api_key: 'phc_key',
    event: 'venuekit alert raised',
    distinct_id: 'venuekit-alerts',
    timestamp: '2030-01-01T00:00:00.000Z',
    properties: { $process_person_profile: false, alert_code: 'ghost_reservations', amount: 4 },
  })
  expect(bodyOf().uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
  expect([bodyOf(1).uuid === bodyOf(0).uuid, bodyOf(2).uuid === bodyOf(0).uuid]).toEqual([true, false])
})

test('a burst names each of its alerts wherever there is room, and Slack gets no more than it takes', async () => {
  const one = (n: number) => ({
    ...{
      id: `alert_${n}`,
      summary: `${hostile} ${n}`,
      fields: { eventId: `event ${n}` },
      amount: 1,
      amountBefore: null,
    },
    ...{ episode: 1, raisedAt: '2030-01-01T00:00:00.000Z', resolvedAt: null },
  })
  const alerts = Array.from({ length: 100 }, (_, n) => one(n))
  const lines: object[] = []
  const note = (_: string, fields?: object) => void lines.push(fields ?? {})
  await send(consoleAlerts({ info: note, warn: note, error: note }), { alerts })
  await send(signed([secretOf('n')]), { alerts })
  await send(postHogAlerts({ host: receiver.url, projectKey: 'phc_key' }), { alerts })
  await send(slack(), { alerts, text: alerts.map(({ summary }) => summary).join('; ') })
  for (const said of [JSON.stringify(lines), receiver.received[0]?.body, receiver.received[1]?.body]) {
    for (const { fields } of alerts) expect(said).toContain(`"${fields.eventId}"`)
  }
  for (const { text, fields = [] } of bodyOf(2).blocks) {
    for (const part of [...(text ? [text] : []), ...fields]) expect(part.text.length).toBeLessThanOrEqual(3000)
  }
})

test('the console says what is wrong as an error, and that it is over as information', async () => {
  const lines: string[] = []
  const note = (level: string) => (text: string) => void lines.push(`${level} ${text}`)
  const sink = consoleAlerts({ info: note('info'), warn: note('warn'), error: note('error') })
  await send(sink, { text: 'it is so' })
  await send(sink, { text: 'it was so', news: 'resolved' })
  expect(lines).toEqual(['error alert: it is so', 'info alert: it was so'])
})

test('a redirect is not followed', async () => {
  receiver.answers.set(path, [{ status: 307, headers: { location: `${receiver.url}/elsewhere` } }])
  expect((await failureOf(slack())).message).toBe(
    'it answered 307, a redirect, which is not followed: give its final address',
  )
  expect(receiver.received.map(request => request.path)).toEqual([path])
})

test('a sink that asks for patience is believed, in seconds or by a date', async () => {
  receiver.answers.set(path, [
    { status: 429, headers: { 'retry-after': '120' } },
    { status: 503, headers: { 'retry-after': new Date(Date.now() + 300_000).toUTCString() } },
    { status: 429, headers: { 'retry-after': 'soon' } },
  ])
  expect(await failureOf(slack())).toMatchObject({ retryAfterSeconds: 120, messageOnly: false })
  const { retryAfterSeconds } = await failureOf(slack())
  expect(retryAfterSeconds).toBeGreaterThan(290)
  expect(retryAfterSeconds).toBeLessThanOrEqual(300)
  expect(await failureOf(slack())).toMatchObject({ retryAfterSeconds: null })
})

test('what is refused for itself is told from a sink that is down', async () => {
  receiver.answers.set(path, [
    { status: 400, body: 'invalid_blocks' },
    { status: 404, body: 'no_service' },
    { status: 500, body: 'oh <b>no</b>' },
  ])
  expect(await failureOf(slack())).toMatchObject({ message: 'it answered 400 (invalid_blocks)', messageOnly: true })
  expect(await failureOf(slack())).toMatchObject({ message: 'it answered 404 (no_service)', messageOnly: false })
  expect(await failureOf(slack())).toMatchObject({ message: 'it answered 500', messageOnly: false })
})

test('what was taken is not sent again because the line broke after the answer', async () => {
  const broken = new ReadableStream({ start: controller => controller.error(new TypeError('terminated')) })
  await send(slackAlerts({ webhookUrl: `${receiver.url}${path}`, fetch: async () => new Response(broken) }))
})

test('a sink that hangs is given up in time', async () => {
  receiver.answers.set(path, ['hang'])
  expect(await failureOf(slack({ timeoutMs: 200 }))).toMatchObject({ message: 'it did not answer in time' })
})

test('an endless answer is not read, and nothing of an answer or an address is repeated', async () => {
  const echo = Buffer.alloc(20_000_000, `${path} ${secretOf('n')} `)
  receiver.answers.set(path, [{ status: 500, body: echo }])
  receiver.answers.set('/hook', [{ status: 401, body: secretOf('n') }])
  const gone = await startAlertReceiver()
  await gone.close()
  const failures = [
    await failureOf(slack()),
    await failureOf(signed([secretOf('n')])),
    await failureOf(slackAlerts({ webhookUrl: `${gone.url}${path}` })),
  ]
  expect(failures.map(({ message: text }) => text)).toEqual([
    'it answered 500',
    'it answered 401',
    'it could not be reached (ECONNREFUSED)',
  ])
  for (const failure of failures) expect(`${failure.stack} ${JSON.stringify(failure)}`).not.toMatch(/canary|whsec_/)
})

test.each([
  ['no address', () => slackAlerts({ webhookUrl: 'hooks.slack.com/secretQ0canary' })],
  ['a plain one', () => slackAlerts({ webhookUrl: 'http://hooks.slack.com/secretQ0canary' })],
  ['one with a password', () => webhookAlerts({ url: 'https://u:secretQ0canary@a.example', secrets: [secretOf('n')] })],
  ['no secret', () => webhookAlerts({ url: 'https://a.example', secrets: [] })],
  ['a short secret', () => webhookAlerts({ url: 'https://a.example', secrets: ['whsec_c2VjcmV0UTBjYW5hcnk='] })],
  ['a secret of another kind', () => webhookAlerts({ url: 'https://a.example', secrets: ['secretQ0canary'] })],
  ['half a secret', () => webhookAlerts({ url: 'https://a.example', secrets: [`whsec_${'A'.repeat(41)}`] })],
])('%s is refused at the start, without being shown', (_, create) => {
  expect(create).toThrow(ConfigurationError)
  try {
    create()
  } catch (error) {
    expect(String(error)).not.toMatch(/canary|c2Vj/)
  }
})
