import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Segment } from './segments.ts'

async function* readAll(segments: readonly Segment[]): AsyncGenerator<Uint8Array> {
  for (const { path } of segments) yield* createReadStream(path)
}

/** The upload as one file. */
export const assemble = async (segments: readonly Segment[], path: string): Promise<string> => {
  const [only] = segments
  if (only && segments.length === 1) return only.path
  await pipeline(readAll(segments), createWriteStream(path))
  return path
}
