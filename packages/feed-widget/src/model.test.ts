import { createSession, type Session } from '@venuekit/core'
import type { Post } from '@venuekit/core/contracts'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { DraftMedia } from './drafts.ts'
import type { FeedRow } from './feedRow.ts'
import { englishMessages } from './messages.ts'
import { FeedModel, type FeedNews } from './model.ts'
import { createFeedServer, type FeedServer } from './testing/feedServer.ts'

const feedId = '0192f7a0-0000-7000-8000-000000000001'
const viewer = { id: 'maya', name: 'Maya Okafor', avatarUrl: null }

class News implements FeedNews {
  readonly heard: string[] = []
  posted(post: Post): void {
    this.heard.push(`posted ${post.text}`)
  }
  authRequired(action: string): void {
    this.heard.push(`auth ${action}`)
  }
  failed(error: unknown): void {
    this.heard.push(`failed ${(error as { code: string }).code}`)
  }
}

let server: FeedServer
let session: Session
let model: FeedModel
let news: News

const open = (options: { posts?: number; signedIn?: boolean; placeholder?: readonly FeedRow[] } = {}) => {
  const { posts = 3, signedIn = true, placeholder = [] } = options
  server = createFeedServer({ feedId, viewer, posts, pageSize: 4 })
  session = createSession({
    apiUrl: 'https://api.example',
    publishableKey: 'vk_pub_test',
    viewer: signedIn ? viewer : null,
    getToken: () => (signedIn ? 'token' : null),
    fetch: server.fetch,
  })
  news = new News()
  model = new FeedModel({ session, feedId, news, placeholder })
}

const opened = async (options?: Parameters<typeof open>[0]) => {
  open(options)
  await until(() => model.state.phase === 'ready')
}

const until = (isSo: () => boolean) => vi.waitFor(() => expect(isSo()).toBe(true), 20_000)
const texts = () => model.state.rows.map(row => row.post.text)
const top = (): FeedRow => {
  const [row] = model.state.rows
  if (!row) throw new Error('The feed is empty.')
  return row
}

afterEach(() => {
  model.end()
  session.close()
})

describe('reading', () => {
  it('goes from loading to the posts, newest first', async () => {
    open()
    expect(model.state).toMatchObject({ phase: 'loading', rows: [] })
    await until(() => model.state.phase === 'ready')
    expect(texts()).toEqual(['Post 1', 'Post 2', 'Post 3'])
    expect(model.state.more).toBe('none')
  })

  it('loads pages one by one until the end, and asks once for each', async () => {
    await opened({ posts: 10 })
    const release = server.hold('GET')
    model.loadMore()
    expect(model.state.more).toBe('loading')
    model.loadMore()
    release()
    await until(() => model.state.rows.length === 8)
    model.loadMore()
    await until(() => model.state.more === 'none')
    expect(texts()).toEqual(Array.from({ length: 10 }, (_, at) => `Post ${at + 1}`))
    expect(server.requests).toHaveLength(3)
  })

  it('keeps the posts when a further page fails, and gets it when asked again', async () => {
    await opened({ posts: 6 })
    server.failNext('GET', 'forbidden')
    model.loadMore()
    await until(() => model.state.more === 'failed')
    expect(model.state).toMatchObject({ phase: 'ready' })
    expect(model.state.rows).toHaveLength(4)
    model.loadMore()
    await until(() => model.state.rows.length === 6)
    expect(news.heard).toEqual(['failed forbidden'])
  })

  it('says why the feed could not be loaded, and loads it on refresh', async () => {
    open()
    server.failNext('GET', 'not_found')
    await until(() => model.state.phase === 'failed')
    expect(model.state.errorCode).toBe('not_found')
    const refreshed = model.refresh()
    expect(model.state.phase).toBe('loading')
    await refreshed
    expect(model.state).toMatchObject({ phase: 'ready', errorCode: null })
    expect(news.heard).toEqual(['failed not_found'])
  })

  it('shows the rows from before signing in until the own view has come', async () => {
    await opened({ signedIn: false })
    const { rows } = model.state
    model.end()
    session.close()
    open({ placeholder: rows })
    expect(model.state).toMatchObject({ phase: 'ready', rows })
    model.post('Just in')
    expect(texts()).toEqual(['Just in', 'Post 1', 'Post 2', 'Post 3'])
    await until(() => news.heard.length > 0 && !top().post.pending)
  })

  it('tells nobody anything after its end', async () => {
    open()
    const listener = vi.fn()
    model.subscribe(listener)
    model.end()
    await vi.waitFor(() => expect(server.requests).toHaveLength(1), 20_000)
    expect(listener).not.toHaveBeenCalled()
  })
})

describe('posting', () => {
  it('shows the post in the same turn and asks for nothing but the POST', async () => {
    await opened()
    const before = server.requests.length
    model.post('Hello')
    expect(top()).toMatchObject({ delivery: 'sending', post: { text: 'Hello', author: viewer } })
    await until(() => top().delivery === 'sent')
    expect(server.requests.slice(before)).toEqual([`POST /v1/feeds/${feedId}/posts`])
    expect(news.heard).toEqual(['posted Hello'])
    expect(model.state.announcement?.say(englishMessages)).toBe('Posted')
  })

  it('keeps the key through the answer and the other rows as they are', async () => {
    await opened()
    const others = model.state.rows
    model.post('Hello')
    const { key } = top()
    await until(() => top().delivery === 'sent')
    expect(top().key).toBe(key)
    expect(top().post.id).not.toBe(key)
    for (const [at, row] of others.entries()) expect(model.state.rows[at + 1]).toBe(row)
  })

  it('keeps a failed post with its text and sends it again under the same client id', async () => {
    await opened()
    server.failNext('POST', 'forbidden')
    const seen: (string | undefined)[] = []
    model.subscribe(() => seen.push(texts()[0]))
    model.post('Hello')
    await until(() => top().delivery === 'failed')
    expect(seen.every(text => text === 'Hello')).toBe(true)
    expect(top().problem).toEqual({ action: 'create', code: 'forbidden', canRetry: true })
    const { key } = top()
    model.retry(top())
    expect(top()).toMatchObject({ key, delivery: 'sending', problem: null })
    await until(() => top().delivery === 'sent')
    expect(top().key).toBe(key)
    expect(server.bodies).toEqual([{ clientId: key, text: 'Hello' }])
    expect(texts()).toEqual(['Hello', 'Post 1', 'Post 2', 'Post 3'])
  })

  const photo = (discard = () => {}): DraftMedia => ({
    named: { uploadId: '0192f7a0-0000-7000-8000-00000000000a', alt: 'The stage' },
    item: {
      id: '0192f7a0-0000-7000-8000-00000000000a',
      kind: 'image',
      status: 'processing',
      url: null,
      posterUrl: null,
      width: 640,
      height: 480,
      durationMs: null,
      alt: 'The stage',
    },
    previewUrl: URL.createObjectURL(new Blob(['photo'])),
    discard,
  })

  it('shows its media at once and holds their previews until the server’s are there, or until the end', async () => {
    await opened()
    const media = [photo()]
    const [{ item, previewUrl } = photo()] = media
    model.post('', media)
    expect(top().post.media).toEqual([item])
    expect(model.previewOf(item.id)).toBe(previewUrl)
    await until(() => server.bodies.length === 1)
    expect(server.bodies[0]).toMatchObject({ text: '', media: [{ uploadId: item.id, alt: 'The stage' }] })
    model.dropPreview(item.id)
    expect(model.previewOf(item.id)).toBeNull()
    await expect(fetch(previewUrl ?? '')).rejects.toThrow()
  })

  it('gives the uploads of a post up that is discarded, and the addresses of previews at the end', async () => {
    await opened()
    server.failNext('POST', 'forbidden')
    const discard = vi.fn()
    model.post('Hello', [photo(discard)])
    await until(() => top().delivery === 'failed')
    expect(top().post.media).toHaveLength(1)
    model.dismiss(top())
    expect(discard).toHaveBeenCalledOnce()
    const later = photo()
    model.post('Again', [later])
    model.end()
    await expect(fetch(later.previewUrl ?? '')).rejects.toThrow()
  })

  it('sends nothing twice when retry is pressed twice', async () => {
    await opened()
    server.failNext('POST', 'forbidden')
    model.post('Hello')
    await until(() => top().delivery === 'failed')
    const failed = top()
    model.retry(failed)
    model.retry(failed)
    await until(() => top().delivery === 'sent')
    expect(server.bodies).toHaveLength(1)
  })

  it('lets go of a failed post when it is dismissed', async () => {
    await opened()
    server.failNext('POST', 'invalid_request')
    model.post('Hello')
    await until(() => top().delivery === 'failed')
    expect(top().problem?.canRetry).toBe(false)
    model.dismiss(top())
    expect(texts()).toEqual(['Post 1', 'Post 2', 'Post 3'])
    expect(model.state.announcement?.say(englishMessages)).toBe('Discarded')
  })

  it('keeps several posts in the order they were written, whichever of them fails', async () => {
    await opened()
    server.failNext('POST', 'forbidden')
    model.post('first')
    model.post('second')
    expect(texts().slice(0, 2)).toEqual(['second', 'first'])
    await until(() => news.heard.includes('posted second'))
    expect(model.state.rows.filter(row => row.delivery === 'failed').map(row => row.post.text)).toEqual(['first'])
    expect(texts().slice(2)).toEqual(['Post 1', 'Post 2', 'Post 3'])
  })

  it('shows a post also where the feed itself could not be loaded', async () => {
    open()
    server.failNext('GET', 'forbidden')
    await until(() => model.state.phase === 'failed')
    const release = server.hold('POST')
    model.post('Hello')
    expect(texts()).toEqual(['Hello'])
    release()
    await until(() => news.heard.includes('posted Hello'))
  })

  it('asks the page for a viewer when the server wants one', async () => {
    await opened()
    server.failNext('POST', 'unauthorized')
    model.post('Hello')
    await until(() => top().delivery === 'failed')
    expect(news.heard).toEqual(['auth create', 'failed unauthorized'])
  })

  it('does nothing where nobody is signed in', async () => {
    await opened({ signedIn: false })
    model.post('Hello')
    expect(model.state.rows).toHaveLength(3)
  })

  it('stands below pinned posts while it is sent', async () => {
    open()
    const now = new Date().toISOString()
    server.add('House rules', { pinnedAt: now })
    await until(() => model.state.phase === 'ready')
    server.failNext('POST', 'forbidden')
    model.post('Hello')
    expect(texts().slice(0, 2)).toEqual(['House rules', 'Hello'])
    await until(() => model.state.rows[1]?.delivery === 'failed')
    expect(texts().slice(0, 2)).toEqual(['House rules', 'Hello'])
  })
})
