import type { SqlFiles } from '../migrations/sqlFiles.ts'
import type { MigratableDatabase } from '../ports/database.ts'
import type { GatewayInspection } from '../ports/gatewayInspection.ts'
import type { KitContext } from '../services/kitContext.ts'

/** `skipped`: not looked at, and `says` tells why. */
export type CheckLevel = 'ok' | 'warning' | 'problem' | 'skipped'

/** One thing that a check says. */
export interface Verdict {
  level: CheckLevel
  says: string
  /** What to do about it; null where nothing is to be done. */
  mend: string | null
}

/** What checks look at. */
export interface DoctorStage {
  readonly context: KitContext
  /** Null for an adapter that reaches functions only. */
  readonly database: MigratableDatabase | null
  /** What this release would install. */
  readonly files: SqlFiles
  /** Asked once; throws where the gateway does not answer. Null where it has nothing to tell. */
  inspectGateway(): Promise<GatewayInspection | null>
  /** Milliseconds since 1970, by this machine. */
  now(): number
}

/** A check answers what it found, one verdict at least. */
export interface Check {
  /** Fixed: scripts and docs name it. */
  readonly name: string
  examine(stage: DoctorStage): Promise<Verdict[]>
}

export const ok = (says: string): Verdict => ({ level: 'ok', says, mend: null })
export const warning = (says: string, mend: string): Verdict => ({ level: 'warning', says, mend })
export const problem = (says: string, mend: string): Verdict => ({ level: 'problem', says, mend })
export const skipped = (says: string): Verdict => ({ level: 'skipped', says, mend: null })

/** What was found, or that all is well. */
export const orWell = (found: Verdict[], well: string): Verdict[] => (found.length > 0 ? found : [ok(well)])

/** A list that stays readable. */
export const some = (names: readonly string[], most = 8): string =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} and ${names.length - most} more`

const unreachable = 'this adapter reaches functions only: examine the database with the pg adapter'

/** Reads with one connection of the owner's, then judges. */
export const ownerCheck = <Facts>(
  name: string,
  read: (query: <Row>(sql: string, parameters?: unknown[]) => Promise<Row[]>, stage: DoctorStage) => Promise<Facts>,
  judge: (facts: Facts) => Verdict[],
): Check => ({
  name,
  async examine(stage) {
    if (!stage.database) return [skipped(unreachable)]
    const facts = await stage.database.withOwner(connection =>
      read((sql, parameters) => connection.query(sql, parameters), stage),
    )
    return judge(facts)
  },
})
