import type { Database } from '../ports/database.ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import { createHmac } from './hmac.ts'
import { isOneOfSecrets } from './isOneOfSecrets.ts'

export const sessionSeconds = 12 * 3600

/** Who is signed in to the operations page, until when. */
interface OperationsSession {
  id: string
  /** ISO. */
  endsAt: string
}

/** Sessions of the operations page: signed with the secret key that opened them, so they end with it. */
export interface OperationsSessions {
  /** The session's token; null where the key is none of ours. */
  open(key: string): Promise<string | null>
  /** Null for what is no token of ours, is over, or was ended. */
  read(token: string): Promise<OperationsSession | null>
  /** On every node and for every copy of the token. */
  end(session: OperationsSession): Promise<void>
}

const encode = (text: string) => new TextEncoder().encode(text)

/** The purpose stands in front, so that nothing else that is signed with the key can be passed off as a session. */
const signed = (payload: string) => encode(`venuekit operations session 1.${payload}`)

const tokenForm = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{10,11})\.([\w-]{43})$/

export const createOperationsSessions = (adminKeys: readonly string[], database: Database): OperationsSessions => {
  const isSigned = async (payload: string, signature: Uint8Array<ArrayBuffer>): Promise<boolean> => {
    const verdicts = await Promise.all(adminKeys.map(key => createHmac(key).verify(signed(payload), signature)))
    return verdicts.includes(true)
  }

  return {
    async open(key) {
      if (!(await isOneOfSecrets(key, adminKeys))) return null
      const { now } = await database.call('venuekit.read_clock', {})
      const payload = `${crypto.randomUUID()}.${Math.floor(Date.parse(now) / 1000) + sessionSeconds}`
      return `${payload}.${toBase64url(await createHmac(key).sign(signed(payload)))}`
    },
    async read(token) {
      const [, id, seconds, signature] = tokenForm.exec(token) ?? []
      if (!id || !seconds || !signature) return null
      const bytes = fromBase64url(signature)
      if (!bytes || !(await isSigned(`${id}.${seconds}`, bytes))) return null
      const { now, ended } = await database.call('venuekit.read_session', { session_id: id })
      const endsAt = Number(seconds) * 1000
      return ended || endsAt <= Date.parse(now) ? null : { id, endsAt: new Date(endsAt).toISOString() }
    },
    async end({ id, endsAt }) {
      await database.call('venuekit.end_session', { session_id: id, ends_at: endsAt })
    },
  }
}
