import { type FetchHandler, type Listener, listen } from '../../examples/host/src/listen.ts'
import { nightIds, venue } from '../../examples/host/src/programme.ts'

interface PageOptions {
  /** Into the page's head, before its styles. */
  head?: string
  css?: string
  /** Attributes of `<html>`. */
  html?: string
  headers?: Record<string, string>
}

/** A venue's site on an origin of its own; each test puts up the pages that it needs. */
export class HostSite implements AsyncDisposable {
  readonly #listener: Listener
  readonly #handlers: Map<string, FetchHandler>

  private constructor(listener: Listener, handlers: Map<string, FetchHandler>) {
    this.#listener = listener
    this.#handlers = handlers
  }

  static async open(): Promise<HostSite> {
    const handlers = new Map<string, FetchHandler>()
    const answer: FetchHandler = request =>
      handlers.get(new URL(request.url).pathname)?.(request) ?? new Response('There is nothing here.', { status: 404 })
    return new HostSite(await listen(answer, 0), handlers)
  }

  get url(): string {
    return this.#listener.url
  }

  /** Puts a page up; answers its address. */
  put(path: string, body: string, { head = '', css = '', html = 'lang="en"', headers = {} }: PageOptions = {}): string {
    const page = `<!doctype html><html ${html}><head><meta charset="utf-8"><title>A page</title>${head}<style>${css}</style></head><body>${body}</body></html>`
    return this.serve(path, () => new Response(page, { headers: { 'content-type': 'text/html', ...headers } }))
  }

  serve(path: string, handler: FetchHandler): string {
    this.#handlers.set(path, handler)
    return this.url + path
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#listener.close()
  }
}

const key = `publishable-key="${venue.publishableKey}"`

/** The tags as a venue would paste them. */
export const tags = {
  loader: (apiUrl: string, attributes = 'async') =>
    `<script src="${apiUrl}/embed/v1/loader.js" ${attributes}></script>`,
  tickets: (attributes = '', children = '') =>
    `<venuekit-tickets ${key} event-id="${nightIds.marit}" ${attributes}>${children}</venuekit-tickets>`,
  feed: (attributes = '', children = '') =>
    `<venuekit-feed ${key} feed-id="${venue.feedId}" ${attributes}>${children}</venuekit-feed>`,
  button: (attributes = '', children = 'Book a seat') =>
    `<venuekit-button ${key} event-id="${nightIds.marit}" ${attributes}>${children}</venuekit-button>`,
}
