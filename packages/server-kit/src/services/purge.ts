import type { KitContext } from './kitContext.ts'

export interface PurgeReport extends Record<string, unknown> {
  /** Windows of counted calls that ended. */
  rates: number
  /** Changes of feeds that no live stream resumes from any more. */
  changes: number
}

/** Removes what nobody asks for any more. */
export const purge = async ({ database }: KitContext): Promise<PurgeReport> => {
  const rates = await database.call('venuekit.purge_rates', {})
  const changes = await database.call('feed.purge_changes', {})
  return { rates: rates.removed, changes: changes.removed }
}
