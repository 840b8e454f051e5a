import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import { type SupabaseStandIn, startSupabaseStandIn } from '../../src/testing/supabase/startSupabaseStandIn.ts'
import { supabaseRoles } from '../../src/testing/supabase/supabaseRoles.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'

export interface SupabaseStage {
  postgres: TestPostgres
  place: TestDatabase
  supabase: SupabaseStandIn
  /** supabase-js as the bearer of that key; `fetch` replaces the network. */
  connect(key?: string, fetch?: typeof globalThis.fetch): SupabaseClient
  close(): Promise<void>
}

/** A migrated Postgres with Supabase's roles, its data API before it. */
export const openSupabaseStage = async (options: { schemas?: string[] } = {}): Promise<SupabaseStage> => {
  const postgres = await startTestPostgres()
  await postgres.run(supabaseRoles)
  const place = await postgres.createDatabase()
  const connectionString = place.adminUrl.replace('//postgres@', '//authenticator@')
  const supabase = await startSupabaseStandIn({ connectionString, ...options })
  return {
    postgres,
    place,
    supabase,
    connect: (key = supabase.serviceRoleKey, fetch = globalThis.fetch) =>
      createClient(supabase.url, key, { auth: { persistSession: false, autoRefreshToken: false }, global: { fetch } }),
    async close() {
      await supabase.close()
      await postgres.stop()
    },
  }
}
