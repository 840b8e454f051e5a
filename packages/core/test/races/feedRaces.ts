import { deletingRaces } from './deletingRaces.ts'
import type { FeedRace } from './FeedRace.ts'
import { reactionRaces } from './reactionRaces.ts'
import { surroundingRaces } from './surroundingRaces.ts'
import { writingRaces } from './writingRaces.ts'

/** The races that a feed must win, against whatever server. */
export const feedRaces: readonly FeedRace[] = [...writingRaces, ...deletingRaces, ...reactionRaces, ...surroundingRaces]
