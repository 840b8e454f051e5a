import type { NewTier } from '@venuekit/core/contracts'
import type { MigratableDatabase } from '../../ports/database.ts'
import { type IncidentDamage, incidentDamage } from './incidentDamage.ts'
import { incidentPrices, incidentRecord, incidentShows, paidOrders } from './incidentRecord.ts'
import { type IncidentShop, openIncidentShop } from './incidentShop.ts'

/** What was damaged: what an audit must name, and nothing else. */
export interface Incident {
  venueId: string
  shows: { eventId: string; name: string; floorId: string; balconyId: string; ghostPlaces: number }[]
  paidOrderIds: string[]
  freeOrderIds: string[]
  /** Called fulfilled, without payment and tickets: nothing to repair. */
  testOrderId: string
  vip: {
    eventId: string
    tierId: string
    freeTierId: string
    /** One that was sold at the door, so that its refund needs no gateway. */
    ticketId: string
  }
}

export interface IncidentOptions {
  /** The gateway's account that the payments name. */
  account?: string
}

const tier = (name: string, priceMinor: number, capacity: number): NewTier => ({
  id: crypto.randomUUID(),
  name,
  priceMinor,
  capacity,
  maxPerOrder: 50,
})

const largestHold = 10

/** Holds for so many places, as many people made them. */
const holdPlaces = async (shop: IncidentShop, eventId: string, tierId: string, places: number): Promise<string[]> => {
  const orderIds: string[] = []
  for (let left = places; left > 0; left -= largestHold) {
    orderIds.push(await shop.hold(eventId, tierId, Math.min(left, largestHold)))
  }
  return orderIds
}

/** Four shows as any: some places sold, and, in each, holds that will lose their orders. */
const stageShows = async (shop: IncidentShop, damage: IncidentDamage): Promise<Incident['shows']> => {
  const shows: Incident['shows'] = []
  for (const [index, name] of incidentShows.entries()) {
    const floor = tier('Floor', incidentPrices.floor, 200)
    const balcony = tier('Balcony', incidentPrices.balcony, 60)
    const eventId = await shop.createEvent({ name, tiers: [floor, balcony] })
    await shop.sell(eventId, floor.id, 4)
    await shop.sell(eventId, balcony.id, 2)
    await shop.hold(eventId, floor.id, 3)
    const ghostPlaces = incidentRecord.ghostPlaces[index] ?? 0
    await damage.removeOrders(await holdPlaces(shop, eventId, floor.id, ghostPlaces))
    shows.push({ eventId, name, floorId: floor.id, balconyId: balcony.id, ghostPlaces })
  }
  return shows
}

const losePaidTickets = async (shop: IncidentShop, damage: IncidentDamage, shows: Incident['shows']) => {
  const orderIds: string[] = []
  for (const [index, { tier: wanted, quantity }] of paidOrders.entries()) {
    const show = shows[index % shows.length]
    if (!show) throw new Error('there is no show to sell for')
    const tierId = wanted === 'floor' ? show.floorId : show.balconyId
    orderIds.push((await shop.sell(show.eventId, tierId, quantity)).orderId)
  }
  await damage.removeTickets(orderIds)
  return orderIds
}

const loseFreeTickets = async (
  shop: IncidentShop,
  damage: IncidentDamage,
  { eventId, freeTierId }: Incident['vip'],
) => {
  const orderIds: string[] = []
  for (let made = 0; made < incidentRecord.freeOrders; made++) {
    orderIds.push((await shop.sell(eventId, freeTierId, 1)).orderId)
  }
  await damage.removeTickets(orderIds)
  return orderIds
}

const stageTestOrder = async (shop: IncidentShop, damage: IncidentDamage, [show]: Incident['shows']) => {
  if (!show) throw new Error('there is no show to sell for')
  const { orderId } = await shop.sell(show.eventId, show.floorId, 1)
  await damage.removeTickets([orderId])
  await damage.removePayments([orderId])
  return orderId
}

/** Full at 21; then one more gets past the counter, as it did past a check that counted first and inserted later. */
const oversellVip = async (shop: IncidentShop, damage: IncidentDamage): Promise<Incident['vip']> => {
  const { capacity, issued } = incidentRecord.vip
  const vip = tier('VIP', incidentPrices.vip, capacity)
  const free = tier('RSVP', 0, 80)
  const eventId = await shop.createEvent({ name: 'Founders’ Night', tiers: [vip, free] })
  for (let sold = 0; sold < capacity; sold++) await shop.sell(eventId, vip.id, 1)
  await damage.setCapacity(eventId, vip.id, issued)
  const { ticketIds } = await shop.sellAtTheDoor(eventId, vip.id)
  await damage.setCapacity(eventId, vip.id, capacity)
  const [ticketId] = ticketIds
  if (ticketId === undefined) throw new Error('the door sale made no ticket')
  return { eventId, tierId: vip.id, freeTierId: free.id, ticketId }
}

/**
 * Sells in a healthy database by its own functions and then damages it the way it happened: the constraints are
 * dropped, orders and tickets are removed, one place too many is sold. Never for a database that sells.
 */
export const stageIncident = async (
  database: MigratableDatabase,
  { account = 'acct_incident' }: IncidentOptions = {},
): Promise<Incident> => {
  const shop = await openIncidentShop(database, account)
  const damage = incidentDamage(database)
  await damage.dropConstraints()
  const shows = await stageShows(shop, damage)
  const vip = await oversellVip(shop, damage)
  return {
    venueId: shop.venueId,
    shows,
    vip,
    paidOrderIds: await losePaidTickets(shop, damage, shows),
    freeOrderIds: await loseFreeTickets(shop, damage, vip),
    testOrderId: await stageTestOrder(shop, damage, shows),
  }
}
