import { beforeAll, inject, test } from 'vitest'
import { feedRaces } from '../../packages/core/test/races/feedRaces.ts'
import { playRace } from '../../packages/core/test/races/playRace.ts'
import type { RaceServer } from '../../packages/core/test/races/RaceStage.ts'
import { openRaceServer } from './openRaceServer.ts'

let server: RaceServer

beforeAll(async () => {
  server = await openRaceServer(inject('raceServerUrl'))
})

test.each(feedRaces)('$name', race => playRace(server, race))
