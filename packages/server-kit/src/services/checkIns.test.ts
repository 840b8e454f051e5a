import { createTicketVerifier } from '@venuekit/core/check-in'
import { checkInKeysResponse, revocationPage, undoneCheckIn } from '@venuekit/core/contracts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type * as z from 'zod/mini'
import { type AdminDesk, createAdminDesk } from '../testing/adminDesk.ts'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createDoorDesk, type DoorDesk } from '../testing/doorDesk.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { testSecrets } from '../testing/testSecrets.ts'
import { createTicketCodes } from './ticketCode.ts'
import { makeTicketKey } from './ticketKey.ts'

let stage: TestKit
let orders: OrderDesk
let money: MoneyDesk
let admin: AdminDesk
let door: DoorDesk
beforeAll(async () => {
  stage = await startTestKit()
  orders = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  money = createMoneyDesk(stage)
  admin = createAdminDesk(stage)
  door = createDoorDesk(stage.call)
}, 60_000)
afterAll(() => stage.close())
afterEach(async () => {
  await money.settled()
  stage.twin.control.clearFaults()
  await stage.database.withOwner(checkInvariants)
})

const bought = async (quantity = 2) => {
  const event = await stage.createEvent()
  const placed = await orders.order(event, quantity)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  const { tickets } = await orders.show(placed)
  return { event, placed, tickets, code: tickets[0]?.code ?? '', ticketId: tickets[0]?.id ?? '' }
}

const query = (sql: string, parameters: unknown[]) =>
  stage.database.withOwner(connection => connection.query(sql, parameters))
const undo = (eventId: string, nonce: string, actor: unknown = 'Ida') =>
  admin.send('POST', `/events/${eventId}/check-ins/${nonce}/undo`, { actor, reason: 'wrong person' })

test('a ticket comes in once; the second scan is told when and where the first was', async () => {
  const { event, placed, code, ticketId } = await bought()
  const first = await door.scan(event.id, code, { gate: 'North', device: 'scanner 4' })
  expect(first).toMatchObject({
    outcome: 'admitted',
    reason: null,
    conflict: false,
    ticket: { id: ticketId, orderId: placed.order.id, line: 1, ordinal: 1, holder: 'Ada Buyer' },
    admission: { nonce: first.nonce, gate: 'North', device: 'scanner 4' },
    event: null,
  })
  await stage.twin.control.advance(60_000)
  const second = await door.scan(event.id, code, { gate: 'South' })
  expect(second).toMatchObject({ outcome: 'already_checked_in', conflict: false, admission: first.admission })
  expect(await door.summary(event.id)).toMatchObject({
    valid: 2,
    admitted: 1,
    blocked: 0,
    conflicts: 0,
    lastAdmittedAt: first.admission?.at,
    tiers: [{ valid: 2, admitted: 1 }],
    gates: [{ gate: 'North', admitted: 1 }],
  })
})

test('the same nonce is told the same again, whatever happened since, and stands for no other code', async () => {
  const { event, code, tickets } = await bought()
  const nonce = crypto.randomUUID()
  const first = await door.scan(event.id, code, { nonce })
  await door.scan(event.id, code)
  expect(await door.scan(event.id, code, { nonce: nonce.toUpperCase(), gate: 'Elsewhere' })).toEqual(first)
  const again = await door.send('POST', '/check-ins', { eventId: event.id, code: tickets[1]?.code, nonce })
  expect([again.status, again.problem().code]).toEqual([422, 'idempotency_conflict'])
  expect((await door.summary(event.id)).admitted).toBe(1)
  const rows = await query('select c::text as row from ticketing.check_ins c where event_id = $1', [event.id])
  expect(JSON.stringify(rows)).not.toContain('Ada')
})

test('another show’s ticket is told which show it is for', async () => {
  const [here, there] = [await bought(), await bought()]
  expect(await door.scan(here.event.id, there.code)).toMatchObject({
    outcome: 'wrong_event',
    ticket: null,
    event: { id: there.event.id, name: there.event.name },
  })
  expect((await door.summary(there.event.id)).admitted).toBe(0)
  expect(await door.scan(there.event.id.toUpperCase(), there.code)).toMatchObject({ outcome: 'admitted' })
})

test('blocked while its refund is under way, void with its reason afterwards, and both on the list for offline doors', async () => {
  const { event, placed, code, ticketId } = await bought()
  stage.twin.control.addFault({ kind: 'refund_pending' })
  await money.refunded(placed, { ticketIds: [ticketId] })
  expect(await door.scan(event.id, code)).toMatchObject({
    outcome: 'blocked',
    admission: null,
    ticket: { id: ticketId },
  })
  expect(await door.revocations(event.id)).toEqual([{ ticketId, status: 'blocked', codeVersion: 1 }])
  expect(await door.summary(event.id)).toMatchObject({ valid: 1, blocked: 1 })

  const [row] = await query('select gateway_refund_id as id from ticketing.refunds where order_id = $1', [
    placed.order.id,
  ])
  stage.twin.control.settleRefund((row as { id: string }).id, true)
  await money.settled()
  expect(await door.scan(event.id, code)).toMatchObject({ outcome: 'void', reason: 'refunded' })
  expect(await door.revocations(event.id)).toEqual([{ ticketId, status: 'void', codeVersion: 1 }])
})

test('the old code of a ticket that was issued anew is superseded, also once it is void; the new one admits', async () => {
  const { event, code, ticketId, placed } = await bought()
  await query('update ticketing.tickets set code_version = 3 where ticket_id = $1', [ticketId])
  expect(await door.scan(event.id, code)).toMatchObject({ outcome: 'superseded' })
  expect(await door.revocations(event.id)).toEqual([{ ticketId, status: 'valid', codeVersion: 3 }])
  const fresh = (await orders.show(placed)).tickets[0]?.code ?? ''
  expect(await door.scan(event.id, fresh)).toMatchObject({ outcome: 'admitted' })
  await query('update ticketing.tickets set code_version = 1 where ticket_id = $1', [ticketId])
  // A version that was never given out: only the key could have signed it.
  expect(await door.scan(event.id, fresh)).toMatchObject({ outcome: 'unknown' })
})

test('a cancelled show lets nobody in', async () => {
  const { event, code } = await bought()
  await money.cancelEvent(event.id)
  expect(await door.scan(event.id, code)).toMatchObject({ outcome: 'event_cancelled' })
})

test('codes that are none of ours are outcomes, each by its reason, and reach no table', async () => {
  const { event, code } = await bought()
  const foreign = createTicketCodes({ ticketKeys: [(await makeTicketKey()).privateKey], retiredTicketKeys: [] })
  const claims = { eventId: event.id, id: crypto.randomUUID(), codeVersion: 1 }
  const cases = {
    not_a_ticket: 'https://venue.example',
    unsupported_version: code.replace('VK1', 'VK2'),
    damaged: code.slice(0, -1),
    unknown_key: await foreign.sign(claims),
    forged: `${code.slice(0, 60)}${code[60] === '0' ? '1' : '0'}${code.slice(61)}`,
  }
  for (const [reason, wrong] of Object.entries(cases)) {
    expect(await door.scan(event.id, wrong)).toMatchObject({ outcome: 'invalid_code', reason, ticket: null })
  }
  // Rightly signed for a ticket that there is none of, and for a show that there is none of.
  const ours = createTicketCodes({ ...testSecrets, retiredTicketKeys: [] })
  expect(await door.scan(event.id, await ours.sign(claims))).toMatchObject({ outcome: 'unknown' })
  const nowhere = await ours.sign({ ...claims, eventId: crypto.randomUUID() })
  expect(await door.scan(event.id, nowhere)).toMatchObject({ outcome: 'wrong_event', event: { name: null } })
  expect(await query('select from ticketing.check_ins where event_id = $1', [event.id])).toEqual([])
})

test('a mistaken check-in is undone by a named actor, once, and the ticket admits again', async () => {
  const { event, code } = await bought()
  const { nonce } = await door.scan(event.id, code)
  const undone = (await undo(event.id, nonce)).read(undoneCheckIn)
  expect(undone).toMatchObject({ nonce, undoneBy: 'Ida' })
  await stage.twin.control.advance(60_000)
  expect((await undo(event.id, nonce, 'Ben')).read(undoneCheckIn)).toEqual(undone)
  expect((await door.summary(event.id)).admitted).toBe(0)
  const second = await door.scan(event.id, code)
  expect(second.outcome).toBe('admitted')
  const third = await door.scan(event.id, code)
  expect(third).toMatchObject({ outcome: 'already_checked_in', admission: { nonce: second.nonce } })

  expect((await undo(event.id, third.nonce)).problem().code).toBe('conflict')
  expect((await undo(event.id, crypto.randomUUID())).problem().code).toBe('not_found')
  expect((await undo(event.id, second.nonce, '')).status).toBe(400)
})

test('a refund takes no ticket that somebody came in with: of a part it leaves them, and after an undo it goes', async () => {
  const { event, placed, code, tickets, ticketId } = await bought()
  const { nonce } = await door.scan(event.id, code)
  for (const request of [{ ticketIds: [ticketId] }, {}, { amountMinor: 5000 }]) {
    const answer = await money.refund(placed, request)
    expect([answer.status, answer.problem().detail]).toEqual([409, expect.stringContaining('ticket_checked_in')])
  }
  expect((await money.order(placed)).tickets.map(({ status }) => status)).toEqual(['valid', 'valid'])
  await money.refunded(placed, { amountMinor: 100 })
  await money.refunded(placed, { ticketIds: [tickets[1]?.id] })
  await undo(event.id, nonce)
  const order = await money.refunded(placed)
  expect(order.tickets.map(({ status }) => status)).toEqual(['void', 'void'])
})

test('who came in and was paid back at the gateway all the same is counted apart', async () => {
  const { event, placed, code } = await bought(1)
  await door.scan(event.id, code)
  stage.twin.control.refundInDashboard(await money.chargeOf(placed), {})
  await money.settled()
  expect(await door.summary(event.id)).toMatchObject({ valid: 0, admitted: 0, admittedNotValid: 1 })
  expect(await door.scan(event.id, code)).toMatchObject({ outcome: 'void', admission: { gate: null } })
})

test('after an undo the same nonce is told the same still, and a new one admits', async () => {
  const { event, code } = await bought()
  const { nonce } = await door.scan(event.id, code)
  await undo(event.id, nonce)
  expect(await door.scan(event.id, code, { nonce })).toMatchObject({ outcome: 'admitted' })
  expect((await door.summary(event.id)).admitted).toBe(0)
  expect(await door.scan(event.id, code)).toMatchObject({ outcome: 'admitted' })
  expect((await door.summary(event.id)).admitted).toBe(1)
})

test('a door’s clock that runs ahead does not admit in the future', async () => {
  const { event, code } = await bought()
  const { admission } = await door.scan(event.id, code, { at: '2999-01-01T00:00:00.000Z' })
  expect(admission?.at).toBe(admission?.recordedAt)
  expect(Math.abs(Date.parse(admission?.at ?? '') - stage.twin.clock.now())).toBeLessThan(60_000)
})

test('the public keys tell the codes without us, and hold nothing secret', async () => {
  const { code, ticketId } = await bought()
  const answer = await door.send('GET', '/check-in-keys')
  const { keys } = answer.read(checkInKeysResponse)
  expect(await createTicketVerifier(keys)(code)).toMatchObject({ genuine: true, claims: { ticketId } })
  expect(JSON.stringify(answer.body)).not.toContain('"d"')
  expect(JSON.stringify(answer.body)).not.toContain(testSecrets.ticketKeys[0]?.slice(14))
})

test('the list of revocations comes in pages', async () => {
  const { event, placed, tickets } = await bought(4)
  await money.refunded(placed)
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const path: string = `/events/${event.id}/revocations?limit=3${cursor && `&cursor=${cursor}`}`
    const page: z.infer<typeof revocationPage> = (await door.send('GET', path)).read(revocationPage)
    seen.push(...page.items.map(({ ticketId }) => ticketId))
    cursor = page.nextCursor
  }
  expect(seen).toEqual(tickets.map(({ id }) => id).sort())
  expect((await door.send('GET', `/events/${event.id}/revocations?cursor=abc`)).status).toBe(400)
  const odd = (await door.send('GET', `/events/${event.id}/revocations?cursor=a%00b`)).problem()
  expect(odd).toMatchObject({ status: 400, fields: { cursor: 'may hold no NUL' } })
  expect((await door.send('GET', `/events/${crypto.randomUUID()}/revocations`)).status).toBe(404)
  expect((await door.send('GET', `/events/${crypto.randomUUID()}/check-ins`)).status).toBe(404)
})

test('a scanner’s key checks in and opens nothing else; the admin’s opens the door too', async () => {
  const { event, code } = await bought()
  const path = `/events/${event.id}`
  for (const [method, closed] of [
    ['GET', path],
    ['GET', `${path}/orders`],
    ['POST', `${path}/check-ins/${crypto.randomUUID()}/undo`],
    ['POST', `${path}/comps`],
    ['GET', '/health'],
  ] as const) {
    expect((await door.send(method, closed, method === 'GET' ? undefined : {})).status).toBe(401)
  }
  const bare = { key: null, origin: null, body: { eventId: event.id, code, nonce: crypto.randomUUID() } }
  expect((await stage.call('POST', '/v1/admin/check-ins', bare)).status).toBe(401)
  const jobs = { ...bare, bearer: testSecrets.jobs }
  expect((await stage.call('POST', '/v1/admin/check-ins', jobs)).status).toBe(401)
  expect((await admin.send('POST', '/check-ins', bare.body)).status).toBe(200)
})
