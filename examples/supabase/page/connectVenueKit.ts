import type { Session, SupabaseClient } from '@supabase/supabase-js'
import { createVenueKit, type VenueKit } from '@venuekit/core'

const viewerOf = (session: Session | null) => {
  if (!session) return null
  const { id, user_metadata } = session.user
  return { id, name: user_metadata.name ?? user_metadata.full_name ?? 'Guest' }
}

/** VenueKit for whoever is signed in to your Supabase project, and for nobody once they have signed out. */
export const connectVenueKit = async (
  supabase: SupabaseClient,
  { supabaseUrl, publishableKey }: { supabaseUrl: string; publishableKey: string },
): Promise<VenueKit> => {
  const { data } = await supabase.auth.getSession()
  const venuekit = createVenueKit({
    apiUrl: `${supabaseUrl}/functions/v1/venuekit`,
    publishableKey,
    viewer: viewerOf(data.session),
    // Asked for each call: supabase-js renews a token before it runs out.
    getToken: async () => (await supabase.auth.getSession()).data.session?.access_token ?? null,
  })
  supabase.auth.onAuthStateChange((_event, session) => {
    const viewer = viewerOf(session)
    if (viewer?.id !== venuekit.viewer?.id) venuekit.setViewer(viewer)
  })
  return venuekit
}
