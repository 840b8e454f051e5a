import { beforeAll, inject, test } from 'vitest'
import { openRaceServer } from '../../../test/browserRaces/openRaceServer.ts'
import { feedRaces } from '../../core/test/races/feedRaces.ts'
import { playRace } from '../../core/test/races/playRace.ts'
import type { RaceServer } from '../../core/test/races/RaceStage.ts'
import { showWidget } from './showWidget.ts'

let server: RaceServer

beforeAll(async () => {
  server = await openRaceServer(inject('raceServerUrl'))
})

// Another viewer's feed is another list, with rows of its own.
const ofOneViewer = feedRaces.filter(({ name }) => !name.startsWith('another viewer'))

test.each(ofOneViewer)('rows keep their elements: $name', race => playRace(server, race, showWidget))
