import { expect } from 'vitest'
import type { FeedRace } from './FeedRace.ts'
import { type RaceServer, RaceStage } from './RaceStage.ts'

/** Plays a race against that server; `prepare` is called before the gate closes. */
export const playRace = async (
  server: RaceServer,
  { posts, pages, run }: FeedRace,
  prepare: (stage: RaceStage) => Promise<void> = async () => {},
): Promise<void> => {
  const stage = await RaceStage.open(server, posts, pages)
  try {
    await prepare(stage)
    stage.gate.isClosed = true
    await run(stage)
    const texts = stage.texts().map(text => text.replace(/^\((.*)\)$/, '$1'))
    expect(new Set(texts).size).toBe(texts.length)
    expect(stage.faults).toEqual([])
  } finally {
    stage.close()
  }
}
