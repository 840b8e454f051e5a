import type { FeedFeatures } from '@venuekit/core/contracts'
import * as z from 'zod/mini'
import type { FlaggedFeed, FlagSource } from '../ports/flagSource.ts'

export interface PostHogFlagsOptions {
  /** The host's own PostHog: `https://eu.i.posthog.com`, or where it is self-hosted. */
  host: string
  /** The project's key, `phc_…`. It is no secret, and no personal key is needed. */
  projectKey: string
  /** Which flag of the project switches which feature; a feature without one keeps its default. */
  flags: { readonly [Feature in keyof FeedFeatures]?: string }
  /** 3 seconds by default. */
  timeoutMs?: number
  fetch?: typeof fetch
}

const answerSchema = z.object({
  flags: z.record(z.string(), z.object({ enabled: z.boolean(), failed: z.optional(z.boolean()) })),
  errorsWhileComputingFlags: z._default(z.boolean(), false),
  quotaLimited: z.optional(z.nullable(z.array(z.string()))),
})
type Answer = z.output<typeof answerSchema>

const features = ['images', 'video', 'reactions', 'live'] as const satisfies (keyof FeedFeatures)[]

/**
 * Evaluated for the feed as if it were a person, so that a release condition may name `venue_id` or `feed_id`, and a
 * percentage takes whole feeds.
 */
const questionOf = ({ feedId, venueId }: FlaggedFeed, projectKey: string) => ({
  api_key: projectKey,
  distinct_id: `venuekit-feed-${feedId}`,
  person_properties: { feed_id: feedId, venue_id: venueId },
  geoip_disable: true,
})

/** A flag that was deleted or disabled is not in the answer: off, as PostHog's own clients read it. */
const isOn = (answer: Answer, flag: string): boolean => {
  const state = answer.flags[flag]
  if (answer.quotaLimited?.includes('feature_flags')) throw new Error('PostHog: the quota of feature flags is used up')
  if (state?.failed || (!state && answer.errorsWhileComputingFlags)) {
    throw new Error(`PostHog could not compute the flag ${flag}`)
  }
  return state?.enabled ?? false
}

/**
 * Switches by flags of the host's own PostHog, asked by its endpoint `/flags`. Throws where it does not answer in time or
 * could not compute a flag; the kit then keeps what it knew.
 */
export const postHogFlags = (options: PostHogFlagsOptions): FlagSource => {
  const { host, projectKey, flags, timeoutMs = 3000, fetch: send = fetch } = options
  const url = `${host.replace(/\/+$/, '')}/flags?v=2`
  const wanted = features.flatMap(feature => {
    const flag = flags[feature]
    return flag === undefined ? [] : [{ feature, flag }]
  })

  const ask = async (feed: FlaggedFeed): Promise<Answer> => {
    const response = await send(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(questionOf(feed, projectKey)),
      signal: AbortSignal.timeout(timeoutMs),
    })
    if (!response.ok) {
      await response.body?.cancel()
      throw new Error(`PostHog answered ${response.status}: check host and projectKey`)
    }
    const parsed = answerSchema.safeParse(await response.json())
    if (!parsed.success) throw new Error('PostHog answered in a shape that this version does not read')
    return parsed.data
  }

  return {
    async read(feed) {
      if (wanted.length === 0) return {}
      const answer = await ask(feed)
      return Object.fromEntries(wanted.map(({ feature, flag }) => [feature, isOn(answer, flag)]))
    },
  }
}
