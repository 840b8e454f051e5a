import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'

const program = fileURLToPath(new URL('./raceServer.ts', import.meta.url))

/** Starts the real server beside the tests of a browser, and ends it after them. */
export default async ({ provide }: TestProject) => {
  const child = spawn(process.execPath, ['--conditions=@venuekit/source', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  const lines = createInterface(child.stdout)
  const [url] = await Promise.race([
    once(lines, 'line'),
    ended.then(() => {
      throw new Error('The server ended before it listened.')
    }),
  ])
  provide('raceServerUrl', String(url))
  return async () => {
    child.stdin.end()
    await ended
  }
}
