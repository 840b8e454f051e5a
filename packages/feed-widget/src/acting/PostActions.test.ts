import { createSession, type Session } from '@venuekit/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FeedRow } from '../feedRow.ts'
import { FeedModel } from '../model.ts'
import { createFeedServer, type FeedServer } from '../testing/feedServer.ts'
import { barMs } from './Bars.ts'
import { PostActions } from './PostActions.ts'

const feedId = '0192f7a0-0000-7000-8000-000000000001'
const viewer = { id: 'maya', name: 'Maya Okafor', avatarUrl: null }

let server: FeedServer
let session: Session
let model: FeedModel
let actions: PostActions
let heard: string[]

beforeEach(() => {
  vi.useFakeTimers()
  heard = []
})

afterEach(() => {
  actions.end()
  model.end()
  session.close()
  vi.useRealTimers()
})

const open = async (signedIn = true) => {
  server = createFeedServer({ feedId, viewer, posts: 2 })
  server.add('Mine', { author: viewer, canDelete: true })
  session = createSession({
    apiUrl: 'https://api.example',
    publishableKey: 'vk_pub_test',
    viewer: signedIn ? viewer : null,
    getToken: () => (signedIn ? 'token' : null),
    fetch: server.fetch,
  })
  const note = (what: string) => void heard.push(what)
  const news = {
    posted: () => {},
    authRequired: (action: string) => note(`auth ${action}`),
    failed: () => note('failed'),
  }
  model = new FeedModel({ session, feedId, news })
  actions = new PostActions(model, {
    deleted: () => note('deleted'),
    requireViewer: action => {
      note(`wants ${action}`)
      return false
    },
  })
  await until(() => model.state.phase === 'ready')
  if (signedIn) await session.feeds.act()
}

const until = (isSo: () => boolean) => vi.waitFor(() => expect(isSo()).toBe(true), 20_000)
const texts = () => model.state.rows.map(row => row.post.text)
const row = (at = 0): FeedRow => {
  const found = model.state.rows[at]
  if (!found) throw new Error('There is no such row.')
  return found
}
const sent = (line: string) => server.requests.filter(request => request.startsWith(line))

describe('deleting', () => {
  it('takes the row away in the same turn and tells the server when the bar has gone', async () => {
    await open()
    actions.remove(row())
    expect(texts()).toEqual(['Post 1', 'Post 2'])
    expect(actions.bars[0]).toMatchObject({ kind: 'deleted', count: 1 })
    await vi.advanceTimersByTimeAsync(barMs - 1)
    expect(sent('DELETE')).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(actions.bars).toEqual([])
    await until(() => heard.includes('deleted'))
    expect(server.posts).toHaveLength(2)
  })

  it('brings back the same row in its place when it is undone, and sends nothing', async () => {
    await open()
    const mine = row()
    actions.remove(mine)
    expect(actions.undo()).toEqual([mine.key])
    expect(row().post).toBe(mine.post)
    await vi.advanceTimersByTimeAsync(barMs * 2)
    expect(sent('DELETE')).toEqual([])
    expect(heard).toEqual([])
  })

  it('waits while the bar is held, and goes on with what was left of its time', async () => {
    await open()
    actions.remove(row())
    await vi.advanceTimersByTimeAsync(barMs - 1000)
    actions.holdBar('deleted', true)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(actions.bars).toHaveLength(1)
    actions.holdBar('deleted', false)
    await vi.advanceTimersByTimeAsync(999)
    expect(sent('DELETE')).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    await until(() => heard.includes('deleted'))
  })

  it('undoes all that one bar tells of', async () => {
    await open()
    actions.remove(row(0))
    actions.remove(row(0))
    expect(actions.bars[0]).toMatchObject({ count: 2 })
    expect(actions.undo()).toHaveLength(2)
    expect(texts()).toEqual(['Mine', 'Post 1', 'Post 2'])
  })

  it('brings the post back with what went wrong, and deletes it when tried again', async () => {
    await open()
    server.failNext('DELETE', 'forbidden')
    actions.remove(row())
    actions.closeBar('deleted')
    await until(() => row().problem !== null)
    expect(row()).toMatchObject({ delivery: 'sent', problem: { action: 'delete', code: 'forbidden' } })
    actions.remove(row())
    expect(texts()).toEqual(['Post 1', 'Post 2'])
    actions.closeBar('deleted')
    await until(() => heard.includes('deleted'))
  })

  it('drops what went wrong when the visitor keeps the post', async () => {
    await open()
    server.failNext('DELETE', 'forbidden')
    actions.remove(row())
    actions.closeBar('deleted')
    await until(() => row().problem !== null)
    model.dismiss(row())
    expect(row().problem).toBeNull()
    expect(texts()).toEqual(['Mine', 'Post 1', 'Post 2'])
  })

  it('sends it when the widget goes, and leaves it to the session where the visitor has gone', async () => {
    await open()
    actions.remove(row())
    actions.end('keep')
    expect(sent('DELETE')).toEqual([])
    actions.end()
    await until(() => sent('DELETE').length === 1)
  })
})

describe('reacting', () => {
  it('shows in the same turn, and sends the state that is wished for', async () => {
    await open()
    actions.react(row(1))
    expect(row(1).post.reactions).toEqual({ count: 1, mine: true })
    await until(() => sent('PUT').length === 1)
    await until(() => server.posts[1]?.reactions.mine === true)
  })

  it('goes back, and says why, where the server refuses', async () => {
    await open()
    server.failNext('PUT', 'forbidden')
    actions.react(row(1))
    await until(() => actions.bars.length > 0)
    expect(actions.bars).toEqual([{ kind: 'notice', message: 'actionFailed', errorCode: 'forbidden' }])
    expect(row(1).post.reactions).toEqual({ count: 0, mine: false })
  })

  it('asks for a viewer where nobody is signed in, and sends nothing', async () => {
    await open(false)
    actions.react(row(1))
    expect(heard).toEqual(['wants react'])
    expect(actions.bars[0]).toMatchObject({ message: 'signInFirst' })
    expect(sent('PUT')).toEqual([])
  })
})

it('pins and unpins, and the row goes where the server says', async () => {
  await open()
  await actions.pin(row(2))
  expect(texts()).toEqual(['Post 2', 'Mine', 'Post 1'])
  expect(actions.bars[0]).toMatchObject({ message: 'pinDone' })
  await actions.pin(row())
  expect(texts()).toEqual(['Mine', 'Post 1', 'Post 2'])
})

it('reports with a reason, thanks for it, and tells the caller where it failed', async () => {
  await open()
  server.failNext('POST', 'forbidden')
  await expect(actions.report(row(1), { reason: 'spam' })).rejects.toMatchObject({ code: 'forbidden' })
  expect(actions.bars).toEqual([])
  await actions.report(row(1), { reason: 'abuse', note: 'Look at it.' })
  expect(server.reports).toEqual([{ reason: 'abuse', note: 'Look at it.' }])
  expect(actions.bars[0]).toMatchObject({ message: 'reported' })
})

it('leaves what can be undone while a notice comes and goes beside it', async () => {
  await open()
  actions.remove(row())
  actions.holdBar('deleted', true)
  actions.notice('pinDone')
  expect(actions.bars).toMatchObject([{ message: 'pinDone' }, { kind: 'deleted' }])
  await vi.advanceTimersByTimeAsync(barMs)
  expect(actions.bars).toMatchObject([{ kind: 'deleted' }])
  expect(sent('DELETE')).toEqual([])
  expect(actions.undo()).toHaveLength(1)
  expect(texts()).toEqual(['Mine', 'Post 1', 'Post 2'])
})
