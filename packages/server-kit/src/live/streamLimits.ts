/** How many live streams may be open at one node; null for any number. */
export interface StreamLimits {
  readonly liveStreams: {
    /** Of one publishable key. */
    readonly key: number | null
    /** From one IPv4 address or IPv6 /64. */
    readonly address: number | null
  }
}

export interface StreamLimitsInput {
  readonly liveStreams?:
    | { readonly key?: number | null | undefined; readonly address?: number | null | undefined }
    | undefined
}

/** A whole audience reads from a venue's one address; tabs of one browser share a stream. */
export const defaultStreamLimits: StreamLimits = { liveStreams: { key: 20_000, address: 4_000 } }

/** The defaults, with what the host set instead; false turns all of them off. */
export const toStreamLimits = (input: StreamLimitsInput | false = {}): StreamLimits => {
  if (input === false) return { liveStreams: { key: null, address: null } }
  const { key, address } = defaultStreamLimits.liveStreams
  const given = input.liveStreams ?? {}
  return {
    liveStreams: {
      key: given.key === undefined ? key : given.key,
      address: given.address === undefined ? address : given.address,
    },
  }
}
