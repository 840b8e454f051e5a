type Read = (name: string) => string | undefined

/** Names all that are missing at once: a secret has no default. */
const requireAll = (read: Read, names: readonly string[]): ((name: string) => string) => {
  const missing = names.filter(name => !read(name))
  if (missing.length > 0) {
    throw new Error(`Missing secrets: ${missing.join(', ')}. Set them by \`supabase secrets set\` (docs/supabase.md).`)
  }
  return name => read(name) ?? ''
}

/** Supabase sets `{"default":"sb_secret_…"}`; the one key of an older project, beside or instead of it, may be off. */
const readSecretKey = (keys: string): string => {
  const { default: usual, ...others } = JSON.parse(keys) as Record<string, string>
  const key = usual ?? Object.values(others)[0]
  if (!key) throw new Error('SUPABASE_SECRET_KEYS holds no key: make one under API Keys in the project’s settings.')
  return key
}

const required = [
  'SUPABASE_URL',
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'STRIPE_ACCOUNT',
  'VENUEKIT_ORDER_TOKEN_SECRET',
  'VENUEKIT_TICKET_KEY',
  'VENUEKIT_ADMIN_KEY',
  'VENUEKIT_UPLOAD_SECRET',
  'VENUEKIT_JOBS_SECRET',
  'VENUEKIT_TIME_ZONE',
]

/** Reads the function's environment. Supabase sets what begins with `SUPABASE_` itself. */
export const readSecrets = (read: Read) => {
  const secretKeys = read('SUPABASE_SECRET_KEYS')
  const need = requireAll(read, secretKeys ? required : ['SUPABASE_SERVICE_ROLE_KEY', ...required])
  const supabaseUrl = need('SUPABASE_URL')
  const jwtSecret = read('VENUEKIT_JWT_SECRET')
  const publishableKey = read('STRIPE_PUBLISHABLE_KEY')
  const apiBase = read('STRIPE_API_BASE')
  return {
    supabaseUrl,
    secretKey: secretKeys ? readSecretKey(secretKeys) : need('SUPABASE_SERVICE_ROLE_KEY'),
    stripe: {
      secretKey: need('STRIPE_SECRET_KEY'),
      webhookSecrets: need('STRIPE_WEBHOOK_SECRET').split(','),
      account: need('STRIPE_ACCOUNT'),
      ...(publishableKey ? { publishableKey } : {}),
      // The twin's address, in tests.
      ...(apiBase ? { apiBase } : {}),
    },
    // Projects with asymmetric keys publish them; an older one signs by its JWT secret.
    auth: jwtSecret ? { secret: jwtSecret } : { jwksUrl: `${supabaseUrl}/auth/v1/.well-known/jwks.json` },
    kit: {
      orderTokenKeys: [{ id: '1', secret: need('VENUEKIT_ORDER_TOKEN_SECRET') }],
      ticketKeys: [need('VENUEKIT_TICKET_KEY')],
      adminKeys: [need('VENUEKIT_ADMIN_KEY')],
      jobs: need('VENUEKIT_JOBS_SECRET'),
    },
    upload: need('VENUEKIT_UPLOAD_SECRET'),
    timeZone: need('VENUEKIT_TIME_ZONE'),
    trustedProxyHops: Number(read('VENUEKIT_TRUSTED_PROXY_HOPS') ?? '0'),
  }
}
