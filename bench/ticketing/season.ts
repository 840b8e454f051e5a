import type { MigratableDatabase } from '../../packages/server-kit/src/ports/database.ts'
import { openShop } from './benchShop.ts'
import { type Batch, makeManyOrders } from './orderBook.ts'
import { type Sizes, ticketsByEvent } from './sizes.ts'

export interface Season {
  /** The largest first. */
  eventIds: string[]
  tickets: number
}

/** A season's events with all their sales. */
export const fillSeason = async (database: MigratableDatabase, venueId: string, sizes: Sizes): Promise<Season> => {
  const batches: Batch[] = []
  for (const tickets of ticketsByEvent(sizes)) {
    const { eventId, tierId } = await openShop(database, venueId, tickets)
    batches.push({ eventId, tierId, orders: tickets / 2, quantity: 2, state: 'sold' })
  }
  await makeManyOrders(database, batches)
  return {
    eventIds: batches.map(({ eventId }) => eventId),
    tickets: batches.reduce((sum, { orders, quantity }) => sum + orders * quantity, 0),
  }
}
