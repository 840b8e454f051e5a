import type { NewEvent, NewTier } from '@venuekit/core/contracts'

type NewPool = NonNullable<NewEvent['pools']>[number]

/** How a cell is read: an empty one stands for nothing given. */
type CellKind = 'text' | 'number' | 'boolean'

interface CellColumn {
  field: string
  kind: CellKind
}

/** Columns of a CSV file with one row a tier; those of the event repeat. The words are the contract's. */
export const eventColumns = {
  event_id: { field: 'id', kind: 'text' },
  venue_id: { field: 'venueId', kind: 'text' },
  name: { field: 'name', kind: 'text' },
  description: { field: 'description', kind: 'text' },
  location: { field: 'location', kind: 'text' },
  starts_at: { field: 'startsAt', kind: 'text' },
  ends_at: { field: 'endsAt', kind: 'text' },
  time_zone: { field: 'timeZone', kind: 'text' },
  currency: { field: 'currency', kind: 'text' },
  max_per_order: { field: 'maxPerOrder', kind: 'number' },
  max_hold_seconds: { field: 'maxHoldSeconds', kind: 'number' },
  delayed_payments: { field: 'delayedPayments', kind: 'boolean' },
  max_pending_seconds: { field: 'maxPendingSeconds', kind: 'number' },
} as const satisfies Record<string, CellColumn & { field: keyof NewEvent }>

export const tierColumns = {
  tier_id: { field: 'id', kind: 'text' },
  tier_name: { field: 'name', kind: 'text' },
  tier_description: { field: 'description', kind: 'text' },
  tier_price_minor: { field: 'priceMinor', kind: 'number' },
  tier_capacity: { field: 'capacity', kind: 'number' },
  tier_max_per_order: { field: 'maxPerOrder', kind: 'number' },
  tier_sales_start_at: { field: 'salesStartAt', kind: 'text' },
  tier_sales_end_at: { field: 'salesEndAt', kind: 'text' },
  tier_pool_id: { field: 'poolId', kind: 'text' },
} as const satisfies Record<string, CellColumn & { field: keyof NewTier }>

/** A pool stands on each row of its tiers, or on a row of its own. */
export const poolColumns = {
  pool_id: { field: 'id', kind: 'text' },
  pool_name: { field: 'name', kind: 'text' },
  pool_capacity: { field: 'capacity', kind: 'number' },
} as const satisfies Record<string, CellColumn & { field: keyof NewPool }>

export type ColumnGroup = Record<string, CellColumn>

export const columnNames = [...Object.keys(eventColumns), ...Object.keys(tierColumns), ...Object.keys(poolColumns)]
