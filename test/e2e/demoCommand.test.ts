import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const entry = fileURLToPath(new URL('../../examples/host/src/demo.ts', import.meta.url))

interface Ended {
  code: number | null
  output: string
  errors: string
}

const demo = (args: string[], env: Record<string, string> = {}): ChildProcess => {
  const child = spawn(process.execPath, ['--conditions=@venuekit/source', entry, ...args], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => {
    child.kill('SIGTERM')
  })
  return child
}

const end = (child: ChildProcess): Promise<Ended> => {
  let output = ''
  let errors = ''
  child.stdout?.on('data', chunk => (output += chunk))
  child.stderr?.on('data', chunk => (errors += chunk))
  return new Promise(resolve => child.on('close', code => resolve({ code, output, errors })))
}

/** Resolves once the demo says that it is ready. */
const ready = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let output = ''
    child.stdout?.on('data', chunk => {
      output += chunk
      if (output.includes('\nready')) resolve()
    })
    child.on('close', code => reject(new Error(`The demo ended with ${code} before it was ready.`)))
  })

const run = (args: string[], env: Record<string, string> = {}) => end(demo(args, env))

test('--check buys, posts and shows the order, its tickets, the mail and the post', async () => {
  const { code, output, errors } = await run(['--check'])
  expect(errors).toBe('')
  expect(output).toMatch(/ok +order .* fulfilled/)
  expect(output.match(/ok +ticket /g)).toHaveLength(2)
  expect(output).toMatch(/ok +mail .*ada@check\.example/)
  expect(output).toMatch(/ok +post /)
  expect(code).toBe(0)
})

const freePorts = { VENUEKIT_API_PORT: '0', VENUEKIT_TWIN_PORT: '0', VENUEKIT_SITE_PORT: '0' }

const oneLine = /^demo: [^\n]+\n$/

test('a taken port is told in one line', async () => {
  const taken = createServer()
  await new Promise<void>(resolve => taken.listen(0, '127.0.0.1', resolve))
  const address = taken.address()
  const port = address && typeof address === 'object' ? String(address.port) : ''
  const { code, errors } = await run([], { VENUEKIT_API_PORT: port })
  taken.close()
  expect(errors).toMatch(oneLine)
  expect(errors).toContain(`Port ${port} is taken`)
  expect(errors).toContain('VENUEKIT_API_PORT')
  expect(code).toBe(1)
})

test('a database that cannot be reached is told in one line, without its password', async () => {
  const { code, errors } = await run(['--check'], { DATABASE_URL: 'postgres://me:pass-word-1@127.0.0.1:9/none' })
  expect(errors).toMatch(oneLine)
  expect(errors).toContain('127.0.0.1:9')
  expect(errors).not.toContain('pass-word-1')
  expect(code).toBe(1)
})

test.for([
  ['no key at all', { STRIPE_SECRET_KEY: 'hello' }, 'STRIPE_SECRET_KEY'],
  ['a live key', { STRIPE_SECRET_KEY: 'sk_live_abcdefghijkl' }, 'STRIPE_SECRET_KEY must be a test key'],
  ['no webhook secret', { STRIPE_SECRET_KEY: 'sk_test_abcdefghijkl' }, 'STRIPE_WEBHOOK_SECRET'],
  ['a port that is none', { VENUEKIT_SITE_PORT: '70000' }, 'VENUEKIT_SITE_PORT'],
  ['a data folder without a name', { VENUEKIT_DATA_FOLDER: '' }, 'VENUEKIT_DATA_FOLDER is empty'],
  ['a data folder that is a file', { VENUEKIT_DATA_FOLDER: entry, ...freePorts }, 'it is a file'],
] as const)('a bad setting is told in one line: %s', async ([, env, told]) => {
  const { code, errors } = await run([], env)
  expect(errors).toMatch(oneLine)
  expect(errors).toContain(told)
  expect(code).toBe(1)
})

test('secrets that were spoilt are told in one line that shows none of them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'venuekit-demo-'))
  writeFileSync(join(folder, 'secrets.json'), '{"orders": "canary-of-orders')
  const { code, errors } = await run([], { VENUEKIT_DATA_FOLDER: folder, ...freePorts })
  rmSync(folder, { recursive: true, force: true })
  expect(errors).toMatch(oneLine)
  expect(errors).toContain('it is no JSON')
  expect(errors).not.toContain('canary')
  expect(code).toBe(1)
})

test('an unknown option is told in one line', async () => {
  const { code, errors } = await run(['--frehs'])
  expect(errors).toMatch(oneLine)
  expect(code).toBe(1)
})

const isServed = (port: number) =>
  new Promise<boolean>(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })

test('after kill -9 it starts on the same data; on SIGTERM all of it ends', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'venuekit-demo-'))
  chmodSync(folder, 0o755)
  const env = { VENUEKIT_DATA_FOLDER: folder, ...freePorts }
  const postgresPort = () => Number(readFileSync(join(folder, 'cluster/postmaster.pid'), 'utf8').split('\n')[3])
  const killed = demo([], env)
  const killedEnd = end(killed)
  await ready(killed)
  const orphan = postgresPort()
  killed.kill('SIGKILL')
  await killedEnd

  const again = demo([], env)
  const againEnd = end(again)
  await ready(again)
  const postgres = postgresPort()
  expect(await isServed(orphan), 'the database of the killed run has ended').toBe(false)
  expect(await isServed(postgres)).toBe(true)
  again.kill('SIGTERM')
  const { code, errors } = await againEnd
  expect(errors).toBe('')
  expect(code).toBe(0)
  expect(await isServed(postgres)).toBe(false)
  rmSync(folder, { recursive: true, force: true })
})
