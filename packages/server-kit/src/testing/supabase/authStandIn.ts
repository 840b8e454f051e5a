import { Hono } from 'hono'

const hourSeconds = 3600

/** Supabase Auth as far as a page signs in and out: anybody whose password is `right`, under a name from their address. */
export const createAuthStandIn = (signUser: (claims: Record<string, unknown>) => Promise<string>): Hono => {
  const app = new Hono()
  const users = new Map<string, string>()
  app.post('/token', async c => {
    const { email = '', password } = await c.req.json<{ email?: string; password?: string }>()
    if (password !== 'right') {
      return c.json({ code: 400, error_code: 'invalid_credentials', msg: 'Invalid login credentials' }, 400)
    }
    const id = users.get(email) ?? crypto.randomUUID()
    users.set(email, id)
    const user_metadata = { name: email.split('@')[0] }
    return c.json({
      access_token: await signUser({ sub: id, email, user_metadata }),
      token_type: 'bearer',
      expires_in: hourSeconds,
      refresh_token: crypto.randomUUID(),
      user: { id, aud: 'authenticated', role: 'authenticated', email, user_metadata, app_metadata: {} },
    })
  })
  app.post('/logout', c => c.body(null, 204))
  return app
}
