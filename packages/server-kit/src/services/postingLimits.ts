import type { RateLimit } from './hoardingLimits.ts'

/** Whose calls are counted together. An address is an IPv4 address or an IPv6 /64. */
export type PostingSubject = 'viewer' | 'address'

export type PostingRoute = 'createPost' | 'setReaction' | 'reportPost' | 'createUpload'

type RouteLimits = Readonly<Record<PostingSubject, RateLimit>>

export type PostingLimits = Readonly<Record<PostingRoute, RouteLimits>>

type RouteLimitsInput = { readonly [Subject in PostingSubject]?: RateLimit | undefined }

export type PostingLimitsInput = { readonly [Route in PostingRoute]?: RouteLimitsInput | undefined }

/** A whole audience posts and reacts from a venue's one address. */
export const defaultPostingLimits: PostingLimits = {
  createPost: { viewer: { maximum: 20, seconds: 60 }, address: { maximum: 600, seconds: 60 } },
  setReaction: { viewer: { maximum: 120, seconds: 60 }, address: { maximum: 6_000, seconds: 60 } },
  reportPost: { viewer: { maximum: 20, seconds: 600 }, address: { maximum: 200, seconds: 600 } },
  createUpload: { viewer: { maximum: 40, seconds: 600 }, address: { maximum: 1_000, seconds: 600 } },
}

const routeNames = ['createPost', 'setReaction', 'reportPost', 'createUpload'] as const satisfies PostingRoute[]

const limitsOf = (route: PostingRoute, input: RouteLimitsInput = {}): RouteLimits => {
  const { viewer, address } = defaultPostingLimits[route]
  return {
    viewer: input.viewer === undefined ? viewer : input.viewer,
    address: input.address === undefined ? address : input.address,
  }
}

const none: RouteLimits = { viewer: null, address: null }

/** The defaults, with what the host set instead; false turns all of them off. */
export const toPostingLimits = (input: PostingLimitsInput | false = {}): PostingLimits => {
  const limits = routeNames.map(route => [route, input === false ? none : limitsOf(route, input[route])] as const)
  return Object.fromEntries(limits) as Record<PostingRoute, RouteLimits>
}
