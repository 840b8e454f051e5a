import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createOrderDesk, type OrderDesk } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
let desk: OrderDesk
let refused: string | null = null
const mails: string[] = []

beforeAll(async () => {
  stage = await startTestKit({
    messages: {
      async send({ to, order }) {
        if (to.email === refused) throw new Error('550 no such mailbox')
        mails.push(order.id)
      },
    },
  })
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
}, 60_000)
afterAll(() => stage.close())
beforeEach(async () => {
  await stage.kit.drain()
  refused = null
  mails.splice(0)
})

const freeEvent = () => stage.createEvent({ tiers: [newTier({ priceMinor: 0 })] })
const run = (sql: string) => stage.database.withOwner(connection => connection.exec(sql))
const unsent = async (eventId: string) => {
  const { parts } = await stage.kit.health(eventId)
  return parts.unsent_messages
}
/** Lets the job try for two days. */
const giveUp = async () => {
  for (let hours = 0; hours < 48; hours += 1) {
    await stage.twin.control.advance(3_600_000)
    await stage.kit.jobs.run('send-messages')
  }
  await stage.kit.drain()
}
const openAlerts = async (eventId: string) => {
  const rows = await stage.database.withOwner(connection =>
    connection.query<{ kind: string }>(
      'select kind from venuekit.alerts where fingerprint like $1 and resolved_at is null',
      [`health:${eventId}:%`],
    ),
  )
  return rows.map(({ kind }) => kind)
}

test('an order that cannot be read is told of, and its messages go out by the command once it can', async () => {
  const event = await freeEvent()
  const placed = await desk.order(event)
  await stage.kit.drain()
  mails.splice(0)
  await run(`update venuekit.outbox set status = 'waiting', sent_at = null, due_at = venuekit.clock()
    where event_id = '${event.id}'`)
  const columns = `event_id = '${event.id}' and order_id = '${placed.order.id}'`
  await run(`create table public.lost as select * from ticketing.orders where ${columns};
    set session_replication_role = replica; delete from ticketing.orders where ${columns};
    set session_replication_role = origin`)
  const well = await desk.order(await freeEvent())
  await stage.kit.drain()
  await giveUp()
  expect(mails).toEqual([well.order.id])
  const dead = await stage.kit.messages.list({ status: 'dead', eventId: event.id })
  expect(dead).toMatchObject([{ kind: 'tickets', lastError: expect.stringContaining('is gone') }])
  expect(await openAlerts(event.id)).toContain('unsent_messages')

  await run(`set session_replication_role = replica; insert into ticketing.orders select * from public.lost;
    set session_replication_role = origin; drop table public.lost`)
  const ids = dead.map(({ messageId }) => messageId)
  const answered = await stage.kit.messages.replay([...ids, crypto.randomUUID()])
  expect(answered.map(({ status }) => status)).toEqual(['sent'])
  expect(mails).toEqual([well.order.id, placed.order.id])
  expect(await openAlerts(event.id)).toEqual([])
  // What was sent is not sent again.
  await stage.kit.messages.replay(ids)
  expect(mails).toHaveLength(2)
})

test('a mail to nobody is let go of by a person, and can be sent after all', async () => {
  const event = await freeEvent()
  refused = 'ada@example.com'
  const placed = await desk.order(event)
  await giveUp()
  expect(await unsent(event.id)).toBe(1)
  const [dead] = await stage.kit.messages.list({ status: 'dead', eventId: event.id })
  const ids = [dead?.messageId ?? '']
  expect(await stage.kit.messages.dismiss(ids, 'Ida')).toMatchObject([
    { status: 'dismissed', dismissedBy: 'Ida', lastError: null },
  ])
  expect(await unsent(event.id)).toBe(0)
  expect(await openAlerts(event.id)).toEqual([])
  refused = null
  expect(await stage.kit.messages.replay(ids)).toMatchObject([{ status: 'sent', dismissedBy: null }])
  expect(mails).toEqual([placed.order.id])
  expect(await stage.kit.messages.dismiss(ids, 'Ida')).toMatchObject([{ status: 'sent' }])
})

test('tickets that were given up are wrong no more once the buyer got them on request', async () => {
  const event = await freeEvent()
  refused = 'ada@example.com'
  await desk.order(event)
  await giveUp()
  expect(await unsent(event.id)).toBe(1)
  refused = null
  await stage.call('POST', '/v1/orders/resend', { body: { eventId: event.id, email: 'ada@example.com' } })
  await stage.kit.drain()
  expect(mails).toHaveLength(1)
  expect(await unsent(event.id)).toBe(0)
})
