import { userEvent } from 'vitest/browser'
import { type MountedFeed, mountFeed } from './mountFeed.ts'

export interface OpenFeed extends MountedFeed {
  /** What the posts say, from the top. */
  texts(): (string | null)[]
  /** What has the focus inside the element. */
  focused(): Element | null
  /** Requests about posts, oldest first. */
  requests(method: string): string[]
  write(text: string): Promise<void>
}

/** A feed with its posts in the page, and with what loads after them. */
export const openFeed = async (options: Parameters<typeof mountFeed>[0] = {}): Promise<OpenFeed> => {
  const feed = await mountFeed(options)
  await feed.until(() => feed.all('article, .state').length > 0)
  if (options.signedIn !== false) await feed.until(() => feed.all('textarea').length > 0)
  if (feed.all('article').length > 0) await feed.until(() => feed.all('.dock').length > 0)
  return {
    ...feed,
    texts: () => feed.all('.text').map(text => text.textContent),
    focused: () => feed.element.shadowRoot?.activeElement ?? null,
    requests: method => feed.server.requests.filter(line => line.startsWith(method) && line.includes('/posts')),
    write: text => userEvent.fill(feed.find('textarea'), text),
  }
}

/** Collects the next event of that name, as it arrives at the document. */
export const hear = (name: string): CustomEvent[] => {
  const events: CustomEvent[] = []
  document.addEventListener(name, event => events.push(event as CustomEvent), { once: true })
  return events
}
