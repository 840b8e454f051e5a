import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { check } from './check.ts'
import { DemoError } from './demoError.ts'
import { replayIncident } from './incident.ts'
import { type DemoOptions, parseOptions, usage } from './options.ts'
import { type DemoStack, startStack } from './stack.ts'

const scratchFolder = () => mkdtempSync(join(tmpdir(), 'venuekit-check-'))

const greeting = (stack: DemoStack) => `
  The venue's site   ${stack.siteUrl}
  The host's API     ${stack.apiUrl}
  Mail that was sent ${stack.mailUrl}
  Operations         ${stack.operations.url} (its key: ${stack.operations.keyPlace})
  ${stack.twinUrl ? `The Stripe twin    ${stack.twinUrl} (/_twin/requests tells what it was asked)` : `Stripe, test mode  webhooks to ${stack.apiUrl}/webhooks/stripe`}

  Data: ${stack.dataPlace}. Ctrl-C ends it.

ready`

/** Resolves with the first signal that asks us to end; a second one ends us at once. */
const askedToEnd = () =>
  new Promise<void>(resolve => {
    let asked = false
    const ask = () => {
      if (asked) process.exit(1)
      asked = true
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
  })

const serve = async (options: DemoOptions) => {
  const ended = askedToEnd()
  await using stack = await startStack(options)
  console.log(greeting(stack))
  await ended
  console.log('Closing.')
}

const runCheck = async (options: DemoOptions) => {
  const started = performance.now()
  try {
    await using stack = await startStack(options)
    const good = await check(stack, line => console.log(line))
    console.log(`${good ? 'passed' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    return good ? 0 : 1
  } finally {
    rmSync(options.folder, { recursive: true, force: true })
  }
}

const runIncident = async (options: DemoOptions) => {
  try {
    return (await replayIncident(options, line => console.log(line))) ? 0 : 1
  } finally {
    rmSync(options.folder, { recursive: true, force: true })
  }
}

const main = async () => {
  const options = parseOptions(process.argv.slice(2), process.env, scratchFolder)
  if (options.mode === 'help') console.log(usage)
  else if (options.mode === 'check') return runCheck(options)
  else if (options.mode === 'incident') return runIncident(options)
  else await serve(options)
  return 0
}

try {
  process.exit(await main())
} catch (error) {
  console.error(error instanceof DemoError ? `demo: ${error.message}` : error)
  process.exit(1)
}
