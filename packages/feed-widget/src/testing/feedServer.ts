import { rankOf } from '@venuekit/core'
import type { Author, FeedInfo, Page, Post, ProblemCode } from '@venuekit/core/contracts'
import { createPostRequest, problemCodes } from '@venuekit/core/contracts'
import { postLimits, UploadDesk } from './uploadDesk.ts'

type Answer = (request: Request) => Response | Promise<Response>

export interface FeedServer {
  readonly fetch: typeof globalThis.fetch
  /** `METHOD /path?query` of every request, oldest first. */
  readonly requests: string[]
  /** Bodies of the posts that arrived, oldest first. */
  readonly bodies: unknown[]
  /** Bodies of the reports that arrived, oldest first. */
  readonly reports: unknown[]
  /** What is stored, newest first. */
  readonly posts: Post[]
  /** What the feed says of itself. */
  readonly info: FeedInfo
  readonly uploads: UploadDesk
  /** The next request whose line begins so gets this problem instead, or no answer at all. */
  failNext(line: string, code: ProblemCode | 'network'): void
  /** Requests whose line begins so wait until the returned function is called. */
  hold(line: string): () => void
  /** A post by somebody else. */
  add(text: string, post?: Partial<Post>): Post
}

interface FeedServerOptions {
  feedId: string
  viewer?: Author
  /** How many posts are there from the start; named `Post 1` (the newest) and so on. */
  posts?: number
  pageSize?: number
}

/** A feed kept in memory, behind `fetch`: the routes that the widget calls, with faults and pauses to order. */
export const createFeedServer = ({
  feedId,
  viewer,
  posts: count = 0,
  pageSize = 20,
}: FeedServerOptions): FeedServer => {
  const posts: Post[] = []
  const requests: string[] = []
  const bodies: unknown[] = []
  const reports: unknown[] = []
  const faults: { line: string; code: ProblemCode | 'network' }[] = []
  const holds = new Map<string, Promise<void>>()
  const started = Date.now()
  const uploads = new UploadDesk()
  const info: FeedInfo = {
    id: feedId,
    name: 'Tonight',
    features: { images: true, video: true, reactions: true, live: false },
    limits: postLimits,
    permissions: { post: viewer !== undefined, moderate: false },
  }

  const store = (text: string, extra: Partial<Post>, at: number): Post => {
    const id = extra.id ?? crypto.randomUUID()
    const post: Post = {
      id,
      clientId: null,
      feedId,
      author: { id: 'other', name: 'The Night Owls', avatarUrl: null },
      text,
      media: [],
      createdAt: new Date(at).toISOString(),
      pinnedAt: null,
      reactions: { count: 0, mine: false },
      canDelete: false,
      position: `${String(at).padStart(16, '0')}${String(posts.length).padStart(6, '0')}`,
      version: 1,
      ...extra,
    }
    const rank = rankOf(post)
    // From the end: those that are there from the start, 10,000 in some tests, come in their order.
    const above = posts.findLastIndex(other => rankOf(other) > rank)
    posts.splice(above + 1, 0, post)
    return post
  }
  for (let index = 1; index <= count; index++) store(`Post ${index}`, {}, started - index * 60_000)

  const listPosts: Answer = request => {
    const { searchParams } = new URL(request.url)
    const cursor = searchParams.get('cursor')
    const size = Number(searchParams.get('limit') ?? pageSize)
    const below = cursor === null ? posts : posts.filter(post => rankOf(post) < cursor)
    const items = below.slice(0, size)
    const page: Page<Post> = { items, nextCursor: below.length > size ? rankOf(items[size - 1] as Post) : null }
    return Response.json(page)
  }

  const createPost: Answer = async request => {
    if (!viewer) return problem('unauthorized')
    const body: unknown = await request.json()
    bodies.push(body)
    const parsed = createPostRequest.safeParse(body)
    if (!parsed.success) return problem('invalid_request')
    const { clientId, text, media = [] } = parsed.data
    const present = posts.find(post => post.clientId === clientId)
    const facts = { clientId, author: viewer, canDelete: true, media: uploads.mediaOf(media) }
    const post = present ?? store(text, facts, Date.now())
    return Response.json({ post }, { status: 201 })
  }

  const deletePost: Answer = request => {
    const id = new URL(request.url).pathname.split('/').at(-1)
    const index = posts.findIndex(post => post.id === id)
    if (index >= 0) posts.splice(index, 1)
    return new Response(null, { status: 204 })
  }

  const change =
    (path: string, facts: (post: Post, body: never) => Partial<Post>): Answer =>
    async request => {
      const id = new URL(request.url).pathname.replace(path, '').split('/').at(-1)
      const index = posts.findIndex(post => post.id === id)
      const [post] = index >= 0 ? posts.splice(index, 1) : []
      if (!post) return problem('not_found')
      const changed = { ...post, ...facts(post, (await request.json()) as never), version: post.version + 1 }
      return Response.json({ post: store(changed.text, changed, 0) })
    }
  const setReaction = change('/reaction', ({ reactions: { count, mine } }, { reacted }: { reacted: boolean }) => ({
    reactions: { count: count + Number(reacted) - Number(mine), mine: reacted },
  }))
  const pinPost = change('/pin', (_, { pinned }: { pinned: boolean }) => ({
    pinnedAt: pinned ? new Date().toISOString() : null,
  }))
  const reportPost: Answer = async request => {
    reports.push(await request.json())
    return new Response(null, { status: 204 })
  }

  const routes: readonly (readonly [method: string, path: RegExp, answer: Answer])[] = [
    ['GET', /\/v1\/feeds\/[^/]+$/, () => Response.json({ feed: info })],
    ['POST', /\/v1\/uploads$/, request => uploads.create(request)],
    ['GET', /\/v1\/uploads\/[^/]+$/, request => uploads.read(request)],
    ['DELETE', /\/v1\/uploads\/[^/]+$/, request => uploads.cancel(request)],
    ['PUT', /\/media\/uploads\/[^/]+$/, request => uploads.put(request)],
    ['GET', /\/v1\/feeds\/[^/]+\/posts$/, listPosts],
    ['POST', /\/v1\/feeds\/[^/]+\/posts$/, createPost],
    ['DELETE', /\/v1\/posts\/[^/]+$/, deletePost],
    ['PUT', /\/v1\/posts\/[^/]+\/reaction$/, setReaction],
    ['PUT', /\/v1\/posts\/[^/]+\/pin$/, pinPost],
    ['POST', /\/v1\/posts\/[^/]+\/report$/, reportPost],
  ]

  const answer: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const { pathname, search } = new URL(request.url)
    const line = `${request.method} ${pathname}${search}`
    requests.push(line)
    for (const [held, until] of holds) if (line.startsWith(held)) await Promise.race([until, abortOf(request)])
    const fault = faults.findIndex(wanted => line.startsWith(wanted.line))
    const [found] = fault >= 0 ? faults.splice(fault, 1) : []
    if (found?.code === 'network') throw new TypeError('Failed to fetch')
    if (found) return problem(found.code)
    const route = routes.find(([method, path]) => method === request.method && path.test(pathname))
    return route ? route[2](request) : problem('not_found')
  }

  return {
    fetch: answer,
    requests,
    bodies,
    reports,
    posts,
    info,
    uploads,
    failNext: (line, code) => void faults.push({ line, code }),
    hold: line => {
      let resolve = () => {}
      holds.set(line, new Promise<void>(released => (resolve = released)))
      return () => {
        holds.delete(line)
        resolve()
      }
    },
    add: (text, post = {}) => store(text, post, Date.now()),
  }
}

const abortOf = ({ signal }: Request) =>
  new Promise<never>((_, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })

const problem = (code: ProblemCode): Response => {
  const { status, title, retryable } = problemCodes[code]
  return Response.json(
    { type: `https://venuekit.dev/problems/${code}`, title, status, code, retryable, requestId: crypto.randomUUID() },
    { status, headers: { 'content-type': 'application/problem+json' } },
  )
}
