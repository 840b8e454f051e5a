/** Ids of what somebody wants to hear of. Plain data: tabs send it to each other. */
export interface Wants {
  readonly feeds: readonly string[]
  readonly events: readonly string[]
}

export const nothing: Wants = { feeds: [], events: [] }

/** As many of each as one stream takes. */
const maximumIds = 20

const unite = (lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())].slice(0, maximumIds)

/** What a stream tells all of them; those who come first go first where it is too much for one. */
export const uniteWants = (all: readonly Wants[]): Wants => ({
  feeds: unite(all.map(({ feeds }) => feeds)),
  events: unite(all.map(({ events }) => events)),
})

/** What of it the other does not cover. */
export const lessWants = ({ feeds, events }: Wants, covered: Wants): Wants => ({
  feeds: feeds.filter(id => !covered.feeds.includes(id)),
  events: events.filter(id => !covered.events.includes(id)),
})

export const isNothing = ({ feeds, events }: Wants): boolean => feeds.length + events.length === 0
