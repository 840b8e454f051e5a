import { createOfflineDoor } from '@venuekit/core/check-in'
import { checkInKeysResponse, checkInsResponse } from '@venuekit/core/contracts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createDoorDesk, type DoorDesk } from '../testing/doorDesk.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import type { KitContext } from './kitContext.ts'
import { uploadCheckIns } from './uploadCheckIns.ts'

let stage: TestKit
let orders: OrderDesk
let money: MoneyDesk
let door: DoorDesk
beforeAll(async () => {
  stage = await startTestKit()
  orders = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  money = createMoneyDesk(stage)
  door = createDoorDesk(stage.call)
}, 60_000)
afterAll(() => stage.close())
afterEach(async () => {
  await money.settled()
  await stage.database.withOwner(checkInvariants)
})

const bought = async (quantity: number) => {
  const event = await stage.createEvent()
  const placed = await orders.order(event, quantity)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  const { tickets } = await orders.show(placed)
  return { event, placed, tickets }
}

test('two offline doors that let the same ticket in: the second upload is told of the conflict', async () => {
  const { event, tickets, placed } = await bought(3)
  const { keys } = (await door.send('GET', '/check-in-keys')).read(checkInKeysResponse)
  const [one, two] = [createOfflineDoor({ eventId: event.id, keys }), createOfflineDoor({ eventId: event.id, keys })]
  const codes = tickets.map(({ code }) => code)
  for (const code of codes) expect((await one.scan(code)).outcome).toBe('admitted')
  expect((await two.scan(codes[0] ?? '')).outcome).toBe('admitted')
  // Meanwhile one of them was paid back.
  await money.refunded(placed, { ticketIds: [tickets[2]?.id] })

  const at = '2026-01-01T19:00:00.000Z'
  const upload = (scans: readonly { nonce: string; code: string }[], gate: string) =>
    door.send('POST', '/check-ins/batch', {
      eventId: event.id,
      scans: scans.map(({ nonce, code }) => ({ nonce, code, gate, at })),
    })
  const first = (await upload(one.scans, 'North')).read(checkInsResponse)
  expect(first.items).toMatchObject([
    { outcome: 'admitted', conflict: false, admission: { at, gate: 'North' } },
    { outcome: 'admitted', conflict: false },
    { outcome: 'void', conflict: true },
  ])
  const second = (await upload(two.scans, 'South')).read(checkInsResponse)
  expect(second.items).toMatchObject([{ outcome: 'already_checked_in', conflict: true, admission: { gate: 'North' } }])
  expect((await upload(one.scans, 'North')).read(checkInsResponse)).toEqual(first)
  expect(await door.summary(event.id)).toMatchObject({ valid: 2, admitted: 2, conflicts: 2 })
  // One poisoned scan holds none of the others up.
  const [scan] = one.scans
  const poisoned = await upload(
    [
      { nonce: scan?.nonce ?? '', code: codes[1] ?? '' },
      { nonce: crypto.randomUUID(), code: 'x' },
    ],
    'West',
  )
  expect(poisoned.read(checkInsResponse).items).toMatchObject([
    { outcome: 'nonce_reused' },
    { outcome: 'invalid_code' },
  ])
  expect((await upload([...two.scans, ...two.scans], 'South')).status).toBe(400)
})

test('a scan that cannot be written now is sent again; the others of its upload are recorded', async () => {
  const { event, tickets } = await bought(3)
  const at = '2026-01-01T19:00:00.000Z'
  const scans = tickets.map(({ code }, index) => ({
    nonce: crypto.randomUUID(),
    code,
    at,
    gate: index === 1 ? 'Locked' : 'North',
  }))
  const upload = async () =>
    (await door.send('POST', '/check-ins/batch', { eventId: event.id, scans })).read(checkInsResponse).items
  const outcomes = async () => (await upload()).map(({ outcome }) => outcome)
  // As if another transaction kept its order locked for longer than a scan waits.
  await stage.database.withOwner(connection =>
    connection.exec(`
      create function public.time_out() returns trigger language plpgsql as $$
      begin raise exception 'lock timeout' using errcode = '55P03'; end $$;
      create trigger locked before insert on ticketing.check_ins for each row
        when (new.gate = 'Locked') execute function public.time_out()`),
  )
  expect(await outcomes()).toEqual(['admitted', 'not_recorded', 'admitted'])
  expect((await door.summary(event.id)).admitted).toBe(2)
  await stage.database.withOwner(connection => connection.exec('drop function public.time_out() cascade'))
  expect(await outcomes()).toEqual(['admitted', 'admitted', 'admitted'])
})

const at = '2026-01-01T19:00:00.000Z'
const scansOf = (codes: readonly string[]) => codes.map(code => ({ nonce: crypto.randomUUID(), code, at }))

/** A kit whose database answers one scan after the other by `answer`, and takes `stepMs` for each. */
const standIn = (answer: (ticketId: string) => { outcome: 'unknown' | 'busy' }, stepMs = 0) => {
  const eventId = crypto.randomUUID()
  const asked: string[] = []
  let time = 0
  const context = {
    ticketCodes: {
      verify: async (code: string) => ({
        genuine: true,
        claims: { keyId: '00ab', eventId, ticketId: code, codeVersion: 1 },
      }),
    },
    database: {
      async call(_: string, { ticket_id: ticketId }: { ticket_id: string }) {
        time += stepMs
        asked.push(ticketId)
        return answer(ticketId)
      },
    },
  } as unknown as KitContext
  const upload = async (codes: readonly string[]) => {
    const sleep = async (milliseconds: number) => {
      time += milliseconds
    }
    const { items } = await uploadCheckIns(context, { eventId, scans: scansOf(codes) }, { sleep, now: () => time })
    return items.map(({ outcome }) => outcome)
  }
  return { upload, asked, spentMs: () => time }
}

test('tickets in use are tried again behind the others, in order, and an upload waits for all of them together', async () => {
  const { upload, asked, spentMs } = standIn(ticketId => ({ outcome: ticketId === 'free' ? 'unknown' : 'busy' }))
  const locked = Array.from({ length: 100 }, (_, index) => `locked ${index}`)
  const outcomes = await upload([...locked, 'free', ...locked.slice(0, 50)])
  expect(outcomes[100]).toBe('unknown')
  expect(outcomes.filter(outcome => outcome === 'not_recorded')).toHaveLength(150)
  expect(spentMs()).toBe(3000)
  // A second scan of a locked ticket waits for the first.
  expect(asked.slice(0, 101)).toEqual([...locked, 'free'])
  expect(asked).toHaveLength(401)
})

test('a ticket that comes free meanwhile is recorded', async () => {
  let tries = 0
  const { upload } = standIn(() => ({ outcome: ++tries < 3 ? 'busy' : 'unknown' }))
  expect(await upload(['one'])).toEqual(['unknown'])
})

test('a slow database is asked for a quarter of a minute, and the rest is sent again', async () => {
  const { upload, asked, spentMs } = standIn(() => ({ outcome: 'unknown' }), 1000)
  const outcomes = await upload(Array.from({ length: 200 }, (_, index) => `ticket ${index}`))
  expect(asked).toHaveLength(15)
  expect(spentMs()).toBe(15_000)
  expect(outcomes.slice(14, 16)).toEqual(['unknown', 'not_recorded'])
})
