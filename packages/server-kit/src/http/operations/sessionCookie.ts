import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { serialize } from 'hono/utils/cookie'
import { sessionSeconds } from '../../services/operationsSession.ts'

const name = 'venuekit-operations'

/** Without a path the browser takes its own of the request, `…/ops`, whatever a proxy before us has cut off it. */
const write = (c: Context, value: string, maxAge: number): void => {
  const secure = c.req.header('origin')?.startsWith('https:') ?? new URL(c.req.url).protocol === 'https:'
  c.header('set-cookie', serialize(name, value, { httpOnly: true, sameSite: 'Strict', secure, maxAge }))
}

/** The token of the operations page's session. No script can read it, no other site's page can send it. */
export const sessionCookie = {
  read: (c: Context): string => getCookie(c, name) ?? '',
  set: (c: Context, token: string): void => write(c, token, sessionSeconds),
  clear: (c: Context): void => write(c, '', 0),
}
