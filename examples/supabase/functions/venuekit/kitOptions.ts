import { createClient } from '@supabase/supabase-js'
import { jwtAuth, type ServerKitOptions, staticFlags } from '@venuekit/server-kit'
import { stripeGateway } from '@venuekit/server-kit/stripe'
import { fromSupabase } from '@venuekit/server-kit/supabase'
import { supabaseMedia } from '@venuekit/server-kit/supabase-storage'
import type { readSecrets } from './secrets.ts'

/** The kit of this project: for the function, and for the command line. */
export const kitOptions = (secrets: ReturnType<typeof readSecrets>): ServerKitOptions => {
  /** It may call every function of VenueKit's, and must never reach a browser. */
  const supabase = createClient(secrets.supabaseUrl, secrets.secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
  return {
    // Supabase hands a request on with the function's name before its path.
    basePath: '/venuekit',
    database: fromSupabase(supabase),
    gateway: stripeGateway(secrets.stripe),
    // Whoever is signed in to the host's site is signed in here.
    auth: jwtAuth({ ...secrets.auth, issuer: `${secrets.supabaseUrl}/auth/v1`, audience: 'authenticated' }),
    // Videos go to Mux, where you want them: examining one takes more than a function has.
    media: {
      image: supabaseMedia({
        client: supabase,
        publicUrl: `${secrets.supabaseUrl}/functions/v1/venuekit`,
        secret: secrets.upload,
      }),
    },
    // A function ends after some minutes and its processor time is counted: pages poll instead, and cheaply.
    flags: staticFlags({ live: false }),
    secrets: secrets.kit,
    timeZone: secrets.timeZone,
    trustedProxyHops: secrets.trustedProxyHops,
  }
}
