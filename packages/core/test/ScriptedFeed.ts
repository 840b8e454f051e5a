import type { CreatePostRequest, FeedInfo, LiveMessage, Post } from '../src/contracts/index.ts'
import { type RequestKind, requestKind } from './requestKind.ts'

export const feedId = '5a0f4a0e-8c53-4d5a-8c7f-0a8c1c8c3b33'

/** An id that is a UUID and tells its number. */
export const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** A request that reached the server and waits for the test to say what becomes of it. */
export class HeldRequest {
  readonly request: Request
  readonly kind: RequestKind
  readonly #body: Body | null
  readonly #feed: ScriptedFeed
  readonly #answer: { resolve: (response: Response) => void; reject: (error: unknown) => void }
  #response: Response | null = null

  constructor(
    feed: ScriptedFeed,
    request: Request,
    body: Body | null,
    answer: { resolve: (response: Response) => void; reject: (error: unknown) => void },
  ) {
    this.request = request
    this.kind = requestKind(request)
    this.#body = body
    this.#feed = feed
    this.#answer = answer
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
    if (this.#response) this.#answer.resolve(this.#response)
  }

  /** Instead of an answer, an error arrives; what the server did stays done. */
  fail(code = 'internal', status = 500): void {
    this.#feed.held.delete(this)
    this.#answer.resolve(problem(code, status))
  }

  /** The network breaks: no answer will come, whether or not the server did its work. */
  lose(): void {
    this.#feed.held.delete(this)
    this.#answer.reject(new TypeError('Failed to fetch'))
  }

  #work(replica: readonly Post[]): Response {
    const { pathname, searchParams } = new URL(this.request.url)
    const feed = this.#feed
    const [, , , postId = ''] = pathname.split('/')
    const { clientId, text, reacted, pinned } = this.#body ?? {}
    if (this.kind === 'list') return json(listPage(replica, feed.limit, searchParams))
    if (this.kind === 'info') return json({ feed: feed.info })
    if (clientId !== undefined) return json({ post: feed.create({ clientId, text: text ?? '' }) })
    const post = feed.posts.find(({ id }) => id === postId)
    if (!post) return problem('not_found', 404)
    if (reacted !== undefined) return json({ post: feed.react(postId, 'ada', reacted) })
    if (pinned !== undefined) return json({ post: feed.pin(postId, pinned) })
    feed.remove(postId)
    return new Response(null, { status: 204 })
  }
}

type Body = Partial<CreatePostRequest> & { reacted?: boolean; pinned?: boolean }

/** A feed's server whose every answer waits for the test, so that a race is a sequence of lines. */
export class ScriptedFeed {
  /** As `ada` would have it listed: newest first. */
  posts: readonly Post[] = []
  readonly held = new Set<HeldRequest>()
  /** Every request that was ever made, such as `GET` or `POST`. */
  readonly seen: string[] = []
  /** Rows a page where the request does not say. */
  readonly limit: number
  /** What the live stream would tell, oldest first. */
  readonly changes: LiveMessage[] = []
  info: FeedInfo = {
    id: feedId,
    name: 'Tonight',
    features: { images: true, video: true, reactions: true, live: true },
    limits: {
      textLength: 2000,
      imagesPerPost: 4,
      videoSeconds: 30,
      imageBytes: 1,
      videoBytes: 1,
      imageTypes: [],
      videoTypes: [],
    },
    permissions: { post: true, moderate: false },
  }
  readonly #reacted = new Map<string, Set<string>>()
  #next = 1

  constructor(size = 0, limit = 3) {
    this.limit = limit
    for (let number = 0; number < size; number++) this.add(`post ${number + 1}`)
  }

  readonly fetch = async (request: Request): Promise<Response> => {
    request.signal.throwIfAborted()
    const body: Body | null = request.body ? await request.json() : null
    this.seen.push(request.method)
    return new Promise((resolve, reject) => {
      const held = new HeldRequest(this, request, body, { resolve, reject })
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
      canDelete: author === 'ada',
      position: String(number).padStart(8, '0'),
      version: 1,
    }
    // At its place: sorting the whole list for each of 10,000 posts took longer than the test of them.
    const below = this.posts.findIndex(each => rank(each) < rank(post))
    this.posts = this.posts.toSpliced(below < 0 ? this.posts.length : below, 0, post)
    this.changes.push({ type: 'post', post: neutral(post) })
    return post
  }

  remove(id: string): void {
    const post = this.posts.find(each => each.id === id)
    this.posts = this.posts.filter(each => each !== post)
    if (post) this.changes.push({ type: 'post_removed', feedId, postId: id, clientId: post.clientId })
  }

  pin(id: string, pinned = true): Post | undefined {
    return this.#change(id, post => ({ ...post, pinnedAt: pinned ? post.createdAt : null }))
  }

  /** Somebody reacts, or does so no more; `ada` is who reads. */
  react(id: string, who: string, reacted: boolean): Post | undefined {
    const all = this.#reacted.get(id) ?? new Set<string>()
    this.#reacted.set(id, all)
    if (all.has(who) === reacted) return this.posts.find(post => post.id === id)
    if (reacted) all.add(who)
    else all.delete(who)
    return this.#change(id, post => ({ ...post, reactions: { count: all.size, mine: all.has('ada') } }))
  }

  #change(id: string, change: (post: Post) => Post): Post | undefined {
    const changed = this.posts.map(post => (post.id === id ? { ...change(post), version: post.version + 1 } : post))
    this.posts = changed.toSorted(byRank)
    return this.#tell(id)
  }

  #tell(id: string): Post | undefined {
    const post = this.posts.find(each => each.id === id)
    if (post) this.changes.push({ type: 'post', post: neutral(post) })
    return post
  }
}

/** The post as a live message tells it. */
const neutral = (post: Post): Post => ({
  ...post,
  canDelete: false,
  reactions: { ...post.reactions, mine: false },
})

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

const problem = (code: string, status: number): Response =>
  json({ type: '', title: code, status, code, retryable: false, requestId: 'r' }, status)

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
