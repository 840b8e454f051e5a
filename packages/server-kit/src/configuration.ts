import { parsePart } from '@venuekit/core/contracts'
import * as z from 'zod/mini'
import { ConfigurationError } from './configurationError.ts'
import { toStreamLimits } from './live/streamLimits.ts'
import { alertRulesInput, toAlertThresholds } from './services/alertThresholds.ts'
import { alertTiming } from './services/alertTiming.ts'
import { toHoardingLimits } from './services/hoardingLimits.ts'
import { toPostingLimits } from './services/postingLimits.ts'
import { retention } from './services/retention.ts'
import { privateKeyText, publicKeyText } from './services/ticketKey.ts'
import { isTimeZone } from './services/timeZone.ts'

const secret = z
  .string({ error: 'is missing: set a random secret of at least 32 characters' })
  .check(z.minLength(32, 'must have at least 32 characters, made at random'))

/** A secret that travels in a header. */
const bearer = z
  .string({ error: 'is missing: set a random secret of at least 32 characters' })
  .check(z.regex(/^[\x21-\x7e]{32,}$/, 'must have at least 32 characters at random, visible ASCII without spaces'))

const distinct = (keys: readonly string[]): boolean => new Set(keys).size === keys.length

/** Faults never show what was given: it may be a secret in the wrong place. */
const privateTicketKey = z
  .string({ error: 'must be a private key, vk_ticket_sec_… as makeTicketKey() makes it' })
  .check(z.regex(privateKeyText, 'must be a private key: vk_ticket_sec_ and 32 random bytes in base64url'))
const retiredTicketKey = z
  .string({ error: 'must be a public key, vk_ticket_pub_… as makeTicketKey() makes it' })
  .check(z.regex(publicKeyText, 'must be a public key, vk_ticket_pub_…: the private one is needed no more'))

const rateLimit = z.nullable(
  z.strictObject({
    maximum: z.int().check(z.minimum(1), z.maximum(1_000_000_000)),
    seconds: z.int().check(z.minimum(1), z.maximum(86_400)),
  }),
)

const routeLimits = z.partial(
  z.strictObject({ address: rateLimit, email: rateLimit, key: rateLimit, event: rateLimit }),
)

const streams = z.nullable(z.int().check(z.minimum(1), z.maximum(1_000_000)))

const postingLimits = z.partial(z.strictObject({ viewer: rateLimit, address: rateLimit }))

/** What is left out keeps its default; null takes one limit away, false all of them. */
const limits = z.union([
  z.literal(false),
  z.strictObject({
    createOrder: z.optional(routeLimits),
    extendOrder: z.optional(routeLimits),
    syncOrder: z.optional(routeLimits),
    resendTickets: z.optional(routeLimits),
    createPost: z.optional(postingLimits),
    setReaction: z.optional(postingLimits),
    reportPost: z.optional(postingLimits),
    createUpload: z.optional(postingLimits),
    liveStreams: z.optional(z.partial(z.strictObject({ key: streams, address: streams }))),
    maxHoldsPerBuyer: z.optional(z.nullable(z.int().check(z.minimum(1), z.maximum(1000)))),
  }),
])

/** Loaded settings. Nothing in it is a default where a default would be a secret. */
const configuration = z.strictObject({
  secrets: z.strictObject({
    orderTokenKeys: z
      .array(
        z.strictObject({
          id: z.string().check(z.regex(/^[A-Za-z0-9]{1,16}$/, 'must be 1 to 16 letters and digits')),
          secret,
        }),
      )
      .check(
        z.minLength(1, 'needs one key at least; the first one signs'),
        z.refine(keys => new Set(keys.map(key => key.id)).size === keys.length, { error: 'two keys have one id' }),
      ),
    /** Sign the codes on tickets: the first one does, codes by the others are still good. */
    ticketKeys: z
      .array(privateTicketKey, { error: 'is missing: list a private key, vk_ticket_sec_… as makeTicketKey() makes it' })
      .check(
        z.minLength(1, 'needs one key at least; the first one signs'),
        z.refine(distinct, { error: 'one key stands there twice' }),
      ),
    /** Keys that leaked: codes by them are refused, and the door is told why. */
    retiredTicketKeys: z._default(z.array(retiredTicketKey), []),
    adminKeys: z.array(
      z.string().check(z.regex(/^vk_sec_[A-Za-z0-9_-]{32,}$/, 'must be vk_sec_ and at least 32 characters at random')),
    ),
    /** For scanners: such a key checks tickets in, and opens nothing else. */
    scannerKeys: z._default(
      z.array(
        z
          .string()
          .check(z.regex(/^vk_scan_[A-Za-z0-9_-]{32,}$/, 'must be vk_scan_ and at least 32 characters at random')),
      ),
      [],
    ),
    jobs: bearer,
  }),
  timeZone: z.string().check(z.refine(isTimeZone, { error: 'must be an IANA time zone, such as Europe/Berlin' })),
  basePath: z._default(z.string().check(z.regex(/^(\/[\w-]+)*$/, 'must be empty or like /venuekit')), ''),
  /** Money whose order does not exist, a quarter of an hour after it was first seen: a person decides, or it goes back. */
  orphanPayments: z._default(z.enum(['review', 'refund']), 'review'),
  retention: z.prefault(retention, {}),
  /** From when on each alert is raised: `docs/alerts.md`. */
  alertRules: z.pipe(z._default(alertRulesInput, {}), z.transform(toAlertThresholds)),
  alertTiming: z.prefault(alertTiming, {}),
  limits: z.pipe(
    z._default(limits, {}),
    z.transform(input => ({ ...toHoardingLimits(input), ...toPostingLimits(input), ...toStreamLimits(input) })),
  ),
  trustedProxyHops: z._default(z.int().check(z.minimum(0), z.maximum(10)), 0),
})

export type ConfigurationInput = z.input<typeof configuration>
export type Configuration = z.output<typeof configuration>

/** Reads the plain settings. Throws `ConfigurationError`. */
export const readConfiguration = (input: unknown): Configuration => {
  const parsed = parsePart(configuration, input, 'options')
  if (parsed.ok) return parsed.value
  throw new ConfigurationError(Object.entries(parsed.fields).map(([path, message]) => `${path}: ${message}`))
}
