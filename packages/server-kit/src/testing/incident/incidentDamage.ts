import { capacityConstraints } from '../../migrations/restoreConstraints.ts'
import type { MigratableDatabase } from '../../ports/database.ts'

/** What the system of the time did not have, or did by hand. */
export interface IncidentDamage {
  dropConstraints(): Promise<void>
  /** Past every counter and journal, as somebody at a SQL prompt. */
  setCapacity(eventId: string, tierId: string, capacity: number): Promise<void>
  /** The orders are gone, the places they reserved are not given back. */
  removeOrders(orderIds: readonly string[]): Promise<void>
  removeTickets(orderIds: readonly string[]): Promise<void>
  /** As an order looks that never went to Stripe. */
  removePayments(orderIds: readonly string[]): Promise<void>
}

const dropAll = capacityConstraints
  .map(({ table, name }) => `alter table ${table} drop constraint if exists ${name};`)
  .join('\n')

export const incidentDamage = (database: MigratableDatabase): IncidentDamage => {
  const removeFrom = (tables: readonly string[]) => (orderIds: readonly string[]) =>
    database.withOwner(async connection => {
      for (const table of tables) {
        await connection.query(`delete from ${table} where order_id = any ($1::uuid[])`, [orderIds])
      }
    })
  return {
    dropConstraints: () => database.withOwner(connection => connection.exec(dropAll)),
    setCapacity: (eventId, tierId, capacity) =>
      database.withOwner(async connection => {
        await connection.query(
          'update ticketing.tier_inventory set capacity = $3 where event_id = $1 and tier_id = $2',
          [eventId, tierId, capacity],
        )
      }),
    removeOrders: removeFrom(['ticketing.order_items', 'ticketing.order_keys', 'ticketing.orders']),
    removeTickets: removeFrom(['ticketing.tickets']),
    removePayments: removeFrom(['venuekit.gateway_objects', 'ticketing.payments', 'ticketing.attempts']),
  }
}
