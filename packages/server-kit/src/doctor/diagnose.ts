import { readSqlFiles } from '../migrations/sqlFiles.ts'
import { sqlStateOf } from '../migrations/sqlStateOf.ts'
import { isMigratable } from '../ports/database.ts'
import { DatabaseError } from '../ports/databaseError.ts'
import type { GatewayInspection } from '../ports/gatewayInspection.ts'
import type { KitContext } from '../services/kitContext.ts'
import { type Check, type CheckLevel, type DoctorStage, problem, skipped, type Verdict } from './check.ts'
import { checks } from './checks.ts'

export interface Diagnosis extends Verdict {
  /** The check's name. */
  check: string
}

/** What `venuekit doctor` says, check by check. */
export interface DoctorReport {
  /** The worst of them. */
  level: Exclude<CheckLevel, 'skipped'>
  diagnoses: Diagnosis[]
}

const notPermitted = '42501'
const missing = new Set(['42883', '42P01', '3F000'])

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? ''

/** What a check that could not look says instead. A database that is away is for the caller. */
const unseen = (error: unknown): Verdict => {
  const state = sqlStateOf(error)
  if (error instanceof DatabaseError && error.kind === 'unavailable') throw error
  if (state === notPermitted) {
    return skipped(`this login may not look: ${messageOf(error)}; give pgDatabase an ownerConnectionString`)
  }
  if (missing.has(state ?? '') || messageOf(error).includes('not migrated')) {
    return skipped('the database is not migrated')
  }
  return problem(`This could not be looked at: ${messageOf(error)}.`, 'mend that, then look again')
}

const examine = async (check: Check, stage: DoctorStage): Promise<Diagnosis[]> => {
  let verdicts: Verdict[]
  try {
    verdicts = await check.examine(stage)
  } catch (error) {
    verdicts = [unseen(error)]
  }
  return verdicts.map(verdict => ({ check: check.name, ...verdict }))
}

const levels = ['problem', 'warning', 'ok'] as const

export interface DiagnoseOptions {
  /** These checks alone, by name. */
  only?: readonly string[]
  /** Default `Date.now`. */
  now?: () => number
}

/** Looks at the database, the gateway and this machine for what would make the kit fail. Changes nothing. */
export const diagnose = async (
  context: KitContext,
  { only, now = Date.now }: DiagnoseOptions = {},
): Promise<DoctorReport> => {
  const { database, gateway } = context
  let inspection: Promise<GatewayInspection | null> | undefined
  const stage: DoctorStage = {
    context,
    database: isMigratable(database) ? database : null,
    files: await readSqlFiles(),
    now,
    inspectGateway() {
      inspection ??= gateway.inspect ? gateway.inspect() : Promise.resolve(null)
      return inspection
    },
  }
  const diagnoses: Diagnosis[] = []
  const wanted = checks.filter(({ name }) => only?.includes(name) ?? true)
  for (const check of wanted) diagnoses.push(...(await examine(check, stage)))
  return { level: levels.find(level => diagnoses.some(each => each.level === level)) ?? 'ok', diagnoses }
}
