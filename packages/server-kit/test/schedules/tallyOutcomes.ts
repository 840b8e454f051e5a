import type { MigratableDatabase } from '../../src/ports/database.ts'

/** How often a function answered what: `ticketing.reserve_order sold_out`, with the reason where it gives one. */
export type Tally = Map<string, number>

const nameOf = (answer: object): string => {
  const outcome = 'outcome' in answer && typeof answer.outcome === 'string' ? answer.outcome : 'answered'
  const reason = 'reason' in answer && typeof answer.reason === 'string' ? ` ${answer.reason}` : ''
  const replayed = 'replayed' in answer && answer.replayed === true ? ' replayed' : ''
  return `${outcome}${reason}${replayed}`
}

/** The same database, which keeps count of its answers. */
export const tallyOutcomes = (database: MigratableDatabase, tally: Tally): MigratableDatabase => ({
  ...database,
  async call(name, args) {
    const answer = await database.call(name, args)
    const key = `${name} ${nameOf(answer)}`
    tally.set(key, (tally.get(key) ?? 0) + 1)
    return answer
  },
})
