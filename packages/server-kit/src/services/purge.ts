import type { KitContext } from './kitContext.ts'

export interface PurgeReport extends Record<string, unknown> {
  /** Windows of counted calls that ended. */
  rates: number
}

/** Removes what nobody asks for any more. */
export const purge = async ({ database }: KitContext): Promise<PurgeReport> => {
  const { removed } = await database.call('venuekit.purge_rates', {})
  return { rates: removed }
}
