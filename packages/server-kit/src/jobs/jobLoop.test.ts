import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { createOrderDesk } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { testSecrets } from '../testing/testSecrets.ts'

let stage: TestKit
beforeAll(async () => {
  stage = await startTestKit()
}, 60_000)
afterAll(() => stage.close())

const post = (name: string, bearer: string | undefined) =>
  stage.call('POST', `/jobs/${name}`, { key: null, origin: null, bearer })

/** To the beginning of a minute, so that the slots of this one last until the test has ended. */
const toNewSlots = () => stage.twin.control.advance(660_000 - (stage.twin.clock.now() % 60_000) + 1_000)

test('a job runs once in its slot, whoever asks', async () => {
  await toNewSlots()
  const runs = await Promise.all([1, 2, 3].map(() => stage.kit.jobs.run('send-messages')))
  expect(runs.filter(run => run.taken)).toHaveLength(1)
  expect(await stage.kit.jobs.run('send-messages')).toEqual({ job: 'send-messages', taken: false, reason: 'taken' })
  await stage.twin.control.advance(60_000)
  expect(await stage.kit.jobs.run('send-messages')).toMatchObject({ taken: true, report: { sent: 0 } })
})

test('a scheduler runs a job over HTTP with the jobs’ secret and with no other', async () => {
  await toNewSlots()
  for (const bearer of [undefined, 'wrong', testSecrets.adminKeys[0]]) {
    expect((await post('process-webhooks', bearer)).problem()).toMatchObject({ status: 401, code: 'unauthorized' })
  }
  expect((await post('process-webhooks', testSecrets.jobs)).body).toMatchObject({ taken: true })
  expect((await post('process-webhooks', testSecrets.jobs)).body).toMatchObject({ taken: false })
  expect((await post('constructor', testSecrets.jobs)).problem()).toMatchObject({ status: 404, code: 'not_found' })
})

test('loops in several workers run what is due, once, and stop', async () => {
  await stage.twin.control.advance(600_000)
  const desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  const loops = [1, 2, 3].map(() => stage.kit.jobs.start({ tickSeconds: 0.02 }))
  await desk.order(await stage.createEvent({ tiers: [newTier({ priceMinor: 0 })] }))
  await vi.waitFor(() => expect(stage.messages.sent).toHaveLength(1), 20_000)
  await Promise.all(loops.map(loop => loop.stop()))
  // The comparison with the gateway ends early with its loop, and counts as failed: it is taken up again.
  const runs = await stage.database.withOwner(connection =>
    connection.query<{ job: string; failed: boolean }>(
      `select job, failed from venuekit.job_runs where failed and job <> 'reconcile'`,
    ),
  )
  expect(runs).toEqual([])
})
