import { randomBytes } from 'node:crypto'

const random = (): string => randomBytes(32).toString('base64url')

/** What a host's own secrets are called in its environment, and how each is made. */
const makers: Record<string, () => string> = {
  VENUEKIT_ORDER_TOKEN_SECRET: random,
  // Any 32 bytes are a private key of Ed25519.
  VENUEKIT_TICKET_KEY: () => `vk_ticket_sec_${random()}`,
  VENUEKIT_ADMIN_KEY: () => `vk_sec_${random()}`,
  VENUEKIT_JOBS_SECRET: random,
}

export const secretNames: readonly string[] = Object.keys(makers)

/** A `.env` with secrets of its own, and the places where the host's others go. */
export const starterEnv = (database: 'pg' | 'pglite'): string => {
  const made = Object.entries(makers).map(([name, make]) => `${name}=${make()}`)
  const given = [
    ...(database === 'pg' ? ['DATABASE_URL=postgres://postgres:postgres@127.0.0.1:5432/postgres'] : []),
    '# From https://dashboard.stripe.com/test/apikeys, and `stripe listen` or your webhook endpoint:',
    'STRIPE_SECRET_KEY=',
    'STRIPE_WEBHOOK_SECRET=',
  ]
  return [
    '# Keep it out of version control. What is here is valid as long as orders and tickets are.',
    ...made,
    ...given,
    '',
  ].join('\n')
}

/** How to make one by hand, where `.env` is there already. */
export const secretRecipe = `node -e "console.log(require('node:crypto').randomBytes(32).toString('base64url'))"`
