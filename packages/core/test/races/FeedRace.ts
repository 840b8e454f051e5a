import type { RaceStage } from './RaceStage.ts'

/** A race on a feed of that many posts, with that many pages of three loaded. */
export interface FeedRace {
  readonly name: string
  readonly posts: number
  readonly pages?: number
  readonly run: (stage: RaceStage) => Promise<void>
}
