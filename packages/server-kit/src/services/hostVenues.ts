import { parsePart } from '@venuekit/core/contracts'
import * as z from 'zod/mini'
import { DatabaseError } from '../ports/databaseError.ts'
import type { KitContext } from './kitContext.ts'
import { ProblemError } from './problemError.ts'
import { keyForm } from './publishableKeys.ts'

export interface NewVenue {
  /** A UUID of your own; a second call with it changes nothing. */
  id: string
  name: string
}

export interface VenueKey {
  /** `vk_pub_…`: names the venue on its pages; no secret. */
  publishableKey: string
  venueId: string
  /** Scheme, host and port of each site that may use it, such as `https://www.venue.example`. */
  allowedOrigins: readonly string[]
}

/** Venues and the keys of their sites, for the host's own people. Throws `ProblemError`. */
export interface HostVenues {
  list(): Promise<{ id: string; name: string }[]>
  /** Idempotent by the venue's id. */
  create(venue: NewVenue): Promise<void>
  /** Creates the key, or sets its origins anew, within seconds: a site that is not named may no longer use it. */
  setKey(key: VenueKey): Promise<void>
}

const isOrigin = (text: string): boolean => {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text
}

const newVenue = z.strictObject({ id: z.uuid(), name: z.string().check(z.trim(), z.minLength(1), z.maxLength(200)) })

const venueKey = z.strictObject({
  publishableKey: z.string().check(z.regex(keyForm, 'must be vk_pub_ and 4 to 120 letters, digits, - or _')),
  venueId: z.uuid(),
  allowedOrigins: z.array(
    z
      .string()
      .check(z.refine(isOrigin, { error: 'must be scheme, host and port alone, such as https://www.venue.example' })),
  ),
})

const read = <Schema extends z.ZodMiniType>(schema: Schema, input: unknown): z.output<Schema> => {
  const parsed = parsePart(schema, input, 'options')
  if (parsed.ok) return parsed.value
  throw new ProblemError('invalid_request', { fields: parsed.fields })
}

export const createHostVenues = ({ database }: KitContext): HostVenues => ({
  list: async () => (await database.call('venuekit.list_venues', {})).venues,
  async create(input) {
    const { id, name } = read(newVenue, input)
    await database.call('venuekit.create_venue', { venue_id: id, name })
  },
  async setKey(input) {
    const { publishableKey, venueId, allowedOrigins } = read(venueKey, input)
    const known = await database.call('venuekit.find_key', { publishable_key: publishableKey })
    if (known.outcome === 'found' && known.key.venueId !== venueId) {
      throw new ProblemError('conflict', { detail: 'This key belongs to another venue: make a new one.' })
    }
    try {
      await database.call('venuekit.set_key', {
        publishable_key: publishableKey,
        venue_id: venueId,
        allowed_origins: [...allowedOrigins],
      })
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.constraint !== 'publishable_key_of_venue') throw error
      throw new ProblemError('not_found', { detail: 'No such venue: create it first.' })
    }
  },
})
