import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const entry = fileURLToPath(new URL('../../examples/pg-boss/src/main.ts', import.meta.url))

test('a host’s pg-boss runs every job: one queue each, which asks each minute', async () => {
  const { stdout, stderr } = await run(process.execPath, ['--conditions=@venuekit/source', entry])
  expect(stderr).toBe('')
  const [schedules = '', ...jobs] = stdout.trim().split('\n')
  expect(schedules).toMatch(new RegExp(`^${jobs.length} queues ask each minute: venuekit\\.`))
  expect(jobs.length).toBeGreaterThan(9)
  for (const line of jobs) {
    if (line.startsWith('reconcile waits for its hour')) continue
    expect(line).toMatch(/^[a-z-]+ ran in slot [\d-]+$/)
    expect(schedules).toContain(`venuekit.${line.split(' ')[0]}`)
  }
})
