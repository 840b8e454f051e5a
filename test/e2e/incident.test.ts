import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const entry = fileURLToPath(new URL('../../examples/host/src/demo.ts', import.meta.url))

const run = (args: string[], env: Record<string, string>) => {
  const child = spawn(process.execPath, ['--conditions=@venuekit/source', entry, ...args], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGTERM'))
  let output = ''
  let errors = ''
  child.stdout.on('data', chunk => (output += chunk))
  child.stderr.on('data', chunk => (errors += chunk))
  return new Promise<{ code: number | null; output: string; errors: string }>(resolve =>
    child.on('close', code => resolve({ code, output, errors })),
  )
}

test('--incident shows audit, repair and health before and after, on scratch data whatever the environment says', async () => {
  const { code, output, errors } = await run(['--incident'], { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })
  expect(errors).toBe('')
  for (const places of [90, 94, 62, 34]) expect(output).toMatch(new RegExp(`ghost reservations +1 +${places}\\n`))
  expect(output).toContain('needs a person')
  expect(output).toContain('its capacity is 22 now')
  expect(output).toContain('Repair once more: nothing to do.')
  expect(output.match(/^ok {3}/gm)).toHaveLength(6)
  expect(output).not.toContain('FAIL')
  expect(code).toBe(0)
})
