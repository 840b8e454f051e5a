import type { CreatePostRequest, Post } from '../src/contracts/index.ts'

export const feedId = '5a0f4a0e-8c53-4d5a-8c7f-0a8c1c8c3b33'

/** An id that is a UUID and tells its number. */
export const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** A request that reached the server and waits for the test to say what becomes of it. */
export class HeldRequest {
  readonly request: Request
  readonly kind: 'list' | 'create' | 'delete'
  readonly #body: CreatePostRequest | null
  readonly #feed: ScriptedFeed
  readonly #resolve: (response: Response) => void
  #response: Response | null = null

  constructor(
    feed: ScriptedFeed,
    request: Request,
    body: CreatePostRequest | null,
    resolve: (response: Response) => void,
  ) {
    this.request = request
    this.kind = request.method === 'GET' ? 'list' : request.method === 'POST' ? 'create' : 'delete'
    this.#body = body
    this.#feed = feed
    this.#resolve = resolve
  }

  get isDone(): boolean {
    return this.#response !== null
  }

  /** The server does its work now, by what it knows or by what a lagging replica knew; the answer is still under way. */
  process(replica: readonly Post[] = this.#feed.posts): this {
    this.#response ??= this.#work(replica)
    return this
  }

  /** The answer arrives. */
  deliver(): void {
    this.process()
    this.#feed.held.delete(this)
    if (this.#response) this.#resolve(this.#response)
  }

  /** Instead of an answer, an error arrives; what the server did stays done. */
  fail(code = 'internal', status = 500): void {
    this.#feed.held.delete(this)
    this.#resolve(json({ type: '', title: code, status, code, retryable: false, requestId: 'r' }, status))
  }

  #work(replica: readonly Post[]): Response {
    if (this.kind === 'list') return json(listPage(replica, this.#feed.limit, new URL(this.request.url).searchParams))
    if (this.#body) return json({ post: this.#feed.create(this.#body) })
    this.#feed.remove(new URL(this.request.url).pathname.split('/').at(-1) ?? '')
    return new Response(null, { status: 204 })
  }
}

/** A feed's server whose every answer waits for the test, so that a race is a sequence of lines. */
export class ScriptedFeed {
  /** As it would be listed: newest first. */
  posts: readonly Post[] = []
  readonly held = new Set<HeldRequest>()
  /** Every request that was ever made, such as `GET` or `POST`. */
  readonly seen: string[] = []
  /** Rows a page where the request does not say. */
  readonly limit: number
  #next = 1

  constructor(size = 0, limit = 3) {
    this.limit = limit
    for (let number = 0; number < size; number++) this.add(`post ${number + 1}`)
  }

  readonly fetch = async (request: Request): Promise<Response> => {
    request.signal.throwIfAborted()
    const body: CreatePostRequest | null = request.method === 'POST' ? await request.json() : null
    this.seen.push(request.method)
    return new Promise((resolve, reject) => {
      const held = new HeldRequest(this, request, body, resolve)
      this.held.add(held)
      request.signal.addEventListener('abort', () => {
        this.held.delete(held)
        reject(request.signal.reason)
      })
    })
  }

  /** The request of that kind that has waited longest. */
  first(kind: HeldRequest['kind']): HeldRequest {
    const found = [...this.held].find(request => request.kind === kind)
    if (!found) throw new Error(`no ${kind} is waiting`)
    return found
  }

  waits(kind: HeldRequest['kind']): boolean {
    return [...this.held].some(request => request.kind === kind)
  }

  /** Somebody else posts. */
  add(text: string): Post {
    return this.create({ clientId: idOf(900_000 + this.#next), text }, 'somebody')
  }

  /** Idempotent by client id, as the real one. */
  create({ clientId, text }: CreatePostRequest, author = 'ada'): Post {
    const known = this.posts.find(post => post.clientId === clientId)
    if (known) return known
    const number = this.#next++
    const post: Post = {
      id: idOf(number),
      clientId,
      feedId,
      author: { id: author, name: author, avatarUrl: null },
      text,
      media: [],
      createdAt: new Date(Date.UTC(2026, 10, 23) + number * 1000).toISOString(),
      pinnedAt: null,
      reactions: { count: 0, mine: false },
      canDelete: true,
      position: String(number).padStart(8, '0'),
      version: 1,
    }
    this.posts = [post, ...this.posts].toSorted(byRank)
    return post
  }

  remove(id: string): void {
    this.posts = this.posts.filter(post => post.id !== id)
  }

  pin(id: string, pinned = true): void {
    const changed = this.posts.map(post =>
      post.id === id ? { ...post, pinnedAt: pinned ? post.createdAt : null } : post,
    )
    this.posts = changed.toSorted(byRank)
  }
}

const rank = (post: Post): string => (post.pinnedAt === null ? '0' : '1') + post.position

const byRank = (one: Post, other: Post): number => (rank(one) > rank(other) ? -1 : 1)

const listPage = (posts: readonly Post[], defaultLimit: number, query: URLSearchParams) => {
  const cursor = query.get('cursor')
  const limit = Number(query.get('limit') ?? defaultLimit)
  const below = cursor === null ? posts : posts.filter(post => rank(post) < cursor)
  const items = below.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: last && below.length > limit ? rank(last) : null }
}

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
