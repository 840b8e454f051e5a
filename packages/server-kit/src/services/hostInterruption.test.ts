import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { newEvent, newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
beforeAll(async () => {
  stage = await startTestKit()
}, 60_000)
afterAll(() => stage.close())

const query = (sql: string, parameters: unknown[] = []) =>
  stage.database.withOwner(connection => connection.query(sql, parameters))

/** Aborted once a call of the database with this name has ended. */
const abortAfter = (name: string): AbortSignal => {
  const asked = new AbortController()
  const { database } = stage
  const call = database.call.bind(database)
  database.call = async (called, args) => {
    const answer = await call(called, args)
    if (called === name) {
      asked.abort('interrupted')
      database.call = call
    }
    return answer
  }
  return asked.signal
}

test('cancelling a show ends between its batches once it is asked to, and the job does the rest', async () => {
  const desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  const money = createMoneyDesk(stage)
  const event = await stage.createEvent()
  const placed = await desk.order(event)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()

  const signal = abortAfter('ticketing.cancel_event')
  const cancelled = await stage.kit.events.cancel(event.id, { actor: 'Ida' }, signal)
  expect(cancelled.status).toBe('cancelled')
  await stage.kit.drain()
  expect((await money.order(placed)).refunds).toEqual([])

  for (const job of ['cancel-events', 'send-refunds'] as const) await stage.kit.jobs.run(job, { extra: true })
  await money.settled()
  expect(await money.order(placed)).toMatchObject({ status: 'refunded' })
})

test('a show is not cancelled where the signal came before', async () => {
  const event = await stage.createEvent()
  await expect(stage.kit.events.cancel(event.id, { actor: 'Ida' }, AbortSignal.abort('interrupted'))).rejects.toBe(
    'interrupted',
  )
  expect((await stage.kit.events.get(event.id)).status).not.toBe('cancelled')
})

test('replaying ends between two events once it is asked to', async () => {
  const ids = ['evt_first', 'evt_second', 'evt_third']
  for (const id of ids) {
    await query(
      `insert into venuekit.webhooks (account, gateway_event_id, type, mode, payload, status, received_at, next_try_at)
       values ($1, $2, 'ping', 'test', '{}', 'dead', venuekit.clock(), venuekit.clock())`,
      [stage.twin.account, id],
    )
  }
  const statusesOf = (webhooks: readonly { status: string }[]) => webhooks.map(({ status }) => status).sort()
  const putBack = await stage.kit.webhooks.replay(ids, abortAfter('venuekit.replay_webhook'))
  expect(statusesOf(putBack)).toEqual(['dead', 'dead', 'pending'])
  const worked = await stage.kit.webhooks.replay(ids, abortAfter('venuekit.finish_webhook'))
  expect(statusesOf(worked)).toEqual(['done', 'pending', 'pending'])
  expect(statusesOf(await stage.kit.webhooks.replay(ids))).toEqual(['done', 'done', 'done'])
})

test('an empty description is none: what stands there so is imported again without a fault', async () => {
  const tiers = [newTier({ description: '' })]
  const { venueId } = stage.venue
  const event = newEvent(venueId, { description: '', tiers })
  await stage.kit.events.create(event)
  const bare = { ...event, description: null, tiers: tiers.map(tier => ({ ...tier, description: null })) }
  for (const given of [event, bare]) {
    expect(await stage.kit.events.planImport([given])).toMatchObject([{ outcome: 'there', faults: {} }])
  }
})

test('doctor tells of a job whose process died', async () => {
  await query('update venuekit.migrations set applied_at = venuekit.clock()')
  await query(
    `insert into venuekit.job_runs (job, slot, run_id, worker, taken_at, finished_at, failed)
     select j, 'extra good', gen_random_uuid(), 'w', venuekit.clock() - interval '6 minutes',
       venuekit.clock() - interval '6 minutes', false
     from unnest($1::text[]) j`,
    [stage.kit.jobs.names],
  )
  await query(
    `insert into venuekit.job_runs (job, slot, run_id, worker, taken_at)
     values ('check-health', 'extra died', gen_random_uuid(), 'w', venuekit.clock() - interval '5 minutes')`,
  )
  const { diagnoses } = await stage.kit.diagnose({ only: ['jobs'] })
  expect(JSON.stringify(diagnoses)).toContain('its process died: check-health')
})
