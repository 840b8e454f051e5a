import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { withMoreTime } from '../../test/withMoreTime.ts'
import { ConfigurationError } from '../configurationError.ts'
import type { ServerKit } from '../createServerKit.ts'
import { serve } from './serve.ts'
import { ServeError } from './serveError.ts'

const stubKit = (fetch: ServerKit['fetch']): ServerKit & { closed: boolean } => ({
  closed: false,
  checkSecrets: async () => {},
  fetch,
  jobs: {
    names: [],
    list: async () => [],
    cronSql: () => '',
    run: async job => ({ job, taken: false, reason: 'taken' }),
    start: () => ({ stop: async () => {} }),
  },
  reconcile: async () => ({ outcome: 'busy' }),
  audit: () => Promise.reject(new Error('not here')),
  repair: () => Promise.reject(new Error('not here')),
  health: () => Promise.reject(new Error('not here')),
  diagnose: () => Promise.reject(new Error('not here')),
  venues: Object.create(null),
  events: Object.create(null),
  orders: Object.create(null),
  webhooks: Object.create(null),
  messages: Object.create(null),
  migrate: () => Promise.reject(new Error('not here')),
  planMigration: () => Promise.reject(new Error('not here')),
  beginDraining: () => {},
  endStreams: () => {},
  drain: async () => {},
  async close() {
    this.closed = true
  },
})

const address = (port: number) => `http://127.0.0.1:${port}/`

test('tells the kit who called', async () => {
  const kit = stubKit(async (_request, facts) => Response.json(facts))
  const server = await serve({ kit, port: 0, host: '127.0.0.1', signals: false })
  expect(await (await fetch(address(server.port))).json()).toEqual({ clientAddress: '127.0.0.1' })
  await server.close()
  expect(kit.closed).toBe(true)
})

test('a taken port is told in one line that says what to do', async () => {
  const options = { kit: stubKit(async () => new Response()), host: '127.0.0.1', signals: false }
  const first = await serve({ ...options, port: 0 })
  const second = serve({ ...options, port: first.port })
  await expect(second).rejects.toBeInstanceOf(ServeError)
  await expect(second).rejects.toThrow(
    `Port ${first.port} on 127.0.0.1 is taken: stop the other process or choose another port.`,
  )
  await first.close()
})

test('secrets that do not fit together are told before it listens', async () => {
  const fault = new ConfigurationError(['secrets.ticketKeys: no'])
  const kit = { ...stubKit(async () => new Response()), checkSecrets: () => Promise.reject(fault) }
  // A port that is taken would be told first by what listens first.
  const first = await serve({ kit: stubKit(async () => new Response()), port: 0, host: '127.0.0.1', signals: false })
  await expect(serve({ kit, port: first.port, host: '127.0.0.1', signals: false })).rejects.toBe(fault)
  await first.close()
})

test('closing lets a request under way end', async () => {
  let release: () => void = () => {}
  const gate = new Promise<void>(resolve => {
    release = resolve
  })
  let arrived: () => void = () => {}
  const arrival = new Promise<void>(resolve => {
    arrived = resolve
  })
  const kit = stubKit(async () => {
    arrived()
    await gate
    return new Response('done')
  })
  const server = await serve({ kit, port: 0, host: '127.0.0.1', signals: false })
  const answer = fetch(address(server.port))
  await arrival
  const closed = server.close()
  await expect(fetch(address(server.port))).rejects.toThrow()
  expect(kit.closed).toBe(false)
  release()
  expect(await (await answer).text()).toBe('done')
  await closed
  expect(kit.closed).toBe(true)
})

test('a balancer is given notice: the node says that it ends, serves on, and closes after that', () =>
  withMoreTime(300, async notice => {
    const told: string[] = []
    const kit = { ...stubKit(async () => new Response('ok')), beginDraining: () => void told.push('draining') }
    const server = await serve({ kit, port: 0, host: '127.0.0.1', signals: false, noticeSeconds: notice / 1000 })
    const closed = server.close()
    expect(told).toEqual(['draining'])
    expect(await (await fetch(address(server.port))).text()).toBe('ok')
    await closed
    await expect(fetch(address(server.port))).rejects.toThrow()
  }))

const program = `
import { serve } from ${JSON.stringify(new URL('./serve.ts', import.meta.url).href)}
const kit = { checkSecrets: async () => {}, fetch: async () => new Response('ok'), endStreams: () => {}, beginDraining: () => {}, close: async () => console.log('closed'),
  jobs: { start: () => console.log('jobs started') } }
await serve({ kit, port: 0, host: '127.0.0.1' })
console.log('ready')
`

test('SIGTERM ends the process with 0 after the kit was closed', async () => {
  const child = spawn(process.execPath, ['--conditions=@venuekit/source', '--input-type=module', '-e', program])
  let output = ''
  child.stdout.on('data', chunk => {
    output += chunk
    if (output.endsWith('ready\n')) child.kill('SIGTERM')
  })
  const [code] = await once(child, 'close')
  expect(code).toBe(0)
  expect(output).toBe('jobs started\nready\nclosed\n')
})
