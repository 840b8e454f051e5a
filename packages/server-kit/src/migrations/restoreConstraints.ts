import type { MigratableDatabase, OwnerConnection } from '../ports/database.ts'
import { asOwner } from './inTransaction.ts'
import { sqlStateOf } from './sqlStateOf.ts'

interface CapacityConstraint {
  table: string
  name: string
  check: string
}

const checksOf = (table: string, names: readonly [string, string, string]): CapacityConstraint[] => [
  { table, name: names[0], check: 'least(reserved, issued) >= 0' },
  { table, name: names[1], check: 'issued <= capacity' },
  { table, name: names[2], check: 'reserved + issued <= capacity' },
]

/** The wall behind every sale, as the migrations build it. */
export const capacityConstraints: readonly CapacityConstraint[] = [
  ...checksOf('ticketing.tier_inventory', [
    'check_quantities_non_negative',
    'check_issued_not_exceeds_capacity',
    'check_total_not_exceeds_capacity',
  ]),
  ...checksOf('ticketing.pool_inventory', [
    'pool_quantities_non_negative',
    'pool_issued_not_exceeds_capacity',
    'pool_total_not_exceeds_capacity',
  ]),
]

export interface RestoredConstraints {
  added: string[]
  /** Rows break these: audit and repair first. */
  refused: string[]
}

const checkViolation = '23514'

const isThere = async (connection: OwnerConnection, { table, name }: CapacityConstraint): Promise<boolean> => {
  const rows = await connection.query(
    'select from pg_catalog.pg_constraint c where c.conrelid = $1::regclass and c.conname = $2',
    [table, name],
  )
  return rows.length > 0
}

/** Puts back the checks of capacity that a database has lost. Changes nothing where they are all there. */
export const restoreConstraints = (database: MigratableDatabase): Promise<RestoredConstraints> =>
  database.withOwner(async connection => {
    const report: RestoredConstraints = { added: [], refused: [] }
    for (const constraint of capacityConstraints) {
      if (await isThere(connection, constraint)) continue
      const { table, name, check } = constraint
      try {
        await asOwner(connection, () => connection.exec(`alter table ${table} add constraint ${name} check (${check})`))
        report.added.push(name)
      } catch (error) {
        if (sqlStateOf(error) !== checkViolation) throw error
        report.refused.push(name)
      }
    }
    return report
  })
