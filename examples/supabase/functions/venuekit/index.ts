import { createServerKit } from '@venuekit/server-kit'
import { kitOptions } from './kitOptions.ts'
import { readSecrets } from './secrets.ts'

const kit = createServerKit(kitOptions(readSecrets(name => Deno.env.get(name))))

Deno.serve(request =>
  kit.fetch(request, {
    // Mails and news to Stripe go on after the answer.
    waitUntil: work => {
      if (typeof EdgeRuntime !== 'undefined') EdgeRuntime.waitUntil(work)
    },
  }),
)
