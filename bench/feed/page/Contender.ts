/** What a feed is opened with. */
export interface FeedFacts {
  apiUrl: string
  publishableKey: string
  feedId: string
  /** How many posts to load before anything is measured. */
  posts: number
}

/** One way to show a feed and post to it. */
export interface Contender {
  /** Shows the feed with so many posts loaded. */
  open(facts: FeedFacts, place: HTMLElement): Promise<void>
  /** What the click does. */
  post(text: string): void
  /** The rows in the page, from the top. */
  rows(): Element[]
}
