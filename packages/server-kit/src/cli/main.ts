#!/usr/bin/env node
import { Console } from 'node:console'
import { Writable } from 'node:stream'
import type { WriteStream } from 'node:tty'
import { exitCodes } from './exitCodes.ts'
import { runCli } from './runCli.ts'
import type { OutputStream } from './terminal.ts'

const toStream = (stream: WriteStream): OutputStream => ({
  write: text => void stream.write(text),
  get width() {
    // Some terminals say 0.
    return stream.isTTY ? stream.columns || 80 : null
  },
})

const gone = new Set(['EPIPE', 'ERR_STREAM_DESTROYED'])

/**
 * Whoever reads us may stop reading, as `head` does, and a disk may be full: nobody is told any more, and the work goes
 * on to its own end. Answers what the stream failed by, null where only its reader went away.
 */
const outliveReader = (stream: WriteStream): (() => Error | null) => {
  let failure: Error | null = null
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!gone.has(error.code ?? '')) failure ??= error
  })
  return () => failure
}

const flushed = (stream: WriteStream) => new Promise<void>(resolve => stream.write('', () => resolve()))

/** What a host's own modules print must not stand within the answer. */
const takeConsole = (listener: (text: string) => void): void => {
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      listener(String(chunk))
      done()
    },
  })
  globalThis.console = new Console(stream, stream)
}

const endings = { SIGINT: 'interrupted', SIGTERM: 'terminated' } as const

/** The first signal asks work to end in order, the second ends it. */
const listenForSignals = (): AbortSignal => {
  const asked = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (asked.signal.aborted) process.exit(exitCodes[endings[signal]])
      asked.abort(endings[signal])
    })
  }
  return asked.signal
}

const unwritten = outliveReader(process.stdout)
outliveReader(process.stderr)

const code = await runCli(process.argv.slice(2), {
  stdout: toStream(process.stdout),
  stderr: toStream(process.stderr),
  env: process.env,
  folder: process.cwd(),
  onConsole: takeConsole,
  signal: listenForSignals(),
})
await flushed(process.stdout)
const failure = unwritten()
if (failure) process.stderr.write(`venuekit: not all of it could be written: ${failure.message}\n`)
await flushed(process.stderr)
process.exit(failure && code === exitCodes.ok ? exitCodes.internal : code)
