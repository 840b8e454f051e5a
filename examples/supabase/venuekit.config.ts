import { defineHost } from '@venuekit/server-kit/node'
import { kitOptions } from './functions/venuekit/kitOptions.ts'
import { readSecrets } from './functions/venuekit/secrets.ts'

// For `npx venuekit` on your machine, with the function's secrets in the environment or by --env-file.
export default defineHost({ options: () => kitOptions(readSecrets(name => process.env[name])) })
