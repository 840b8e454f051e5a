import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type FeedDesk, openFeedDesk } from '../testing/feedDesk.ts'
import { createOrderDesk, type OrderDesk } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'

type Part = 'rates' | 'challenge' | 'auth' | 'flags'

let stage: TestKit
let desk: OrderDesk
let feed: FeedDesk
let hanging: Part | null = null

/** What the host's own function answers, or nothing for ever. */
const answer = <Answer>(part: Part, said: Answer): Promise<Answer> =>
  hanging === part ? new Promise(() => {}) : Promise.resolve(said)

beforeAll(async () => {
  const some = { maximum: 100, seconds: 60 }
  stage = await startTestKit(
    {
      rates: { take: () => answer('rates', { allowed: true }), giveBack: async () => {} },
      challenge: () => answer('challenge', 'pass'),
      auth: () => answer('auth', { id: 'ada', name: 'Ada', avatarUrl: null, roles: [] }),
      flags: { read: () => answer('flags', { reactions: false }) },
      limits: { createOrder: { address: some, email: some, key: some, event: some } },
    },
    { webhookUrl: '' },
  )
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
  feed = await openFeedDesk(stage, stage.call)
}, 60_000)
afterAll(() => stage.close())
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
afterEach(() => {
  hanging = null
  vi.useRealTimers()
})

/** Lets so many seconds pass at most; rejects where that was not enough. */
const within = async <Result>(seconds: number, work: Promise<Result>): Promise<Result> => {
  let isOver = false
  const ended = work.finally(() => {
    isOver = true
  })
  for (let passed = 0; passed < seconds && !isOver; passed += 0.05) {
    await vi.advanceTimersByTimeAsync(50)
    await stage.database.call('venuekit.read_clock', {})
  }
  if (!isOver) throw new Error(`it took more than ${seconds} s`)
  return ended
}

const order = async () => {
  const event = await stage.createEvent({ tiers: [newTier({ priceMinor: 0 })] })
  return within(20, desk.send(desk.cart(event)))
}
const list = () => within(20, stage.call('GET', `/v1/feeds/${feed.feedId}/posts`))

test('a store of counts that never answers stops nobody', async () => {
  hanging = 'rates'
  expect((await order()).status).toBe(200)
})

test('a challenge that never answers lets nobody by, and says that it is to be tried again', async () => {
  hanging = 'challenge'
  expect((await order()).problem()).toMatchObject({ code: 'busy', retryable: true })
  hanging = null
  expect((await order()).status).toBe(200)
})

test('a sign-in that never answers is told as something to try again', async () => {
  hanging = 'auth'
  expect((await list()).problem()).toMatchObject({ code: 'busy', retryable: true })
  const body = { clientId: crypto.randomUUID(), text: 'hello' }
  const posted = await within(20, stage.call('POST', `/v1/feeds/${feed.feedId}/posts`, { body, bearer: 'viewer:ada' }))
  expect(posted.problem()).toMatchObject({ code: 'busy' })
  expect((await order()).status).toBe(200)
})

test('switches that never answer leave the feed as it was', async () => {
  hanging = 'flags'
  const other = await openFeedDesk(stage, stage.call)
  const read = (feedId: string) => within(20, stage.call('GET', `/v1/feeds/${feedId}`))
  expect((await read(other.feedId)).body).toMatchObject({ feed: { features: { reactions: true } } })
})
