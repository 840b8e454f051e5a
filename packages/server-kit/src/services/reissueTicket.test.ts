import { reissuedTicket } from '@venuekit/core/contracts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type AdminDesk, createAdminDesk } from '../testing/adminDesk.ts'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createDoorDesk, type DoorDesk } from '../testing/doorDesk.ts'
import { createMoneyDesk, type MoneyDesk } from '../testing/moneyDesk.ts'
import { createOrderDesk, type OrderDesk, sessionOf } from '../testing/orderDesk.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'

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
  await stage.database.withOwner(checkInvariants)
})

const bought = async () => {
  const event = await stage.createEvent()
  const placed = await orders.order(event, 2)
  stage.twin.control.pay(sessionOf(placed))
  await money.settled()
  const { tickets } = await orders.show(placed)
  const [first, second] = tickets
  return { event, placed, ticketId: first?.id ?? '', code: first?.code ?? '', other: second?.code ?? '' }
}

const reissue = (eventId: string, ticketId: string, codeVersion = 1, actor = 'Ida') =>
  admin.send('POST', `/events/${eventId}/tickets/${ticketId}/reissue`, { codeVersion, actor, reason: 'leaked' })

const mailsOf = (orderId: string) =>
  stage.messages.sent.filter(({ kind, order }) => kind === 'tickets' && order.id === orderId)

test('a ticket that is issued anew admits by its new code alone, and the buyer is mailed once', async () => {
  const { event, placed, ticketId, code, other } = await bought()
  const first = (await reissue(event.id, ticketId)).read(reissuedTicket)
  expect(first).toEqual({ ticketId, orderId: placed.order.id, codeVersion: 2 })
  // A lost answer, and another admin who saw the same code.
  expect((await reissue(event.id, ticketId, 1, 'Ben')).read(reissuedTicket)).toEqual(first)
  await money.settled()
  expect(mailsOf(placed.order.id)).toHaveLength(2)

  expect(await door.revocations(event.id)).toEqual([{ ticketId, status: 'valid', codeVersion: 2 }])
  expect(await door.scan(event.id, code)).toMatchObject({ outcome: 'superseded', admission: null })
  const [shown] = (await orders.show(placed)).tickets
  expect(shown).toMatchObject({ id: ticketId, codeVersion: 2 })
  expect(await door.scan(event.id, shown?.code ?? '')).toMatchObject({ outcome: 'admitted' })
  expect(await door.scan(event.id, other)).toMatchObject({ outcome: 'admitted' })
  const changes = await stage.database.withOwner(connection =>
    connection.query('select actor, before, after from ticketing.event_changes where event_id = $1', [event.id]),
  )
  expect(changes).toEqual([
    {
      actor: 'Ida',
      before: { ticket_id: ticketId, code_version: 1 },
      after: { ticket_id: ticketId, code_version: 2, reason: 'leaked' },
    },
  ])
})

test('who came in with a ticket is in, whichever of its codes is shown afterwards', async () => {
  const { event, placed, ticketId, code } = await bought()
  await door.scan(event.id, code)
  await reissue(event.id, ticketId)
  const [shown] = (await orders.show(placed)).tickets
  expect(await door.scan(event.id, shown?.code ?? '')).toMatchObject({ outcome: 'already_checked_in' })
})

test('a void ticket, a version that nobody has, another event and nobody who asks are refused', async () => {
  const { event, placed, ticketId } = await bought()
  expect((await reissue(event.id, ticketId, 2)).problem()).toMatchObject({
    code: 'conflict',
    detail: expect.stringContaining('version 1'),
  })
  expect((await reissue(crypto.randomUUID(), ticketId)).status).toBe(404)
  expect((await reissue(event.id, ticketId, 0)).status).toBe(400)
  expect((await reissue(event.id, ticketId, 1, '')).status).toBe(400)
  const path = `/events/${event.id}/tickets/${ticketId}/reissue`
  expect((await door.send('POST', path, { codeVersion: 1, actor: 'Ida' })).status).toBe(401)
  await money.refunded(placed)
  expect((await reissue(event.id, ticketId)).problem().detail).toContain('void')
})
