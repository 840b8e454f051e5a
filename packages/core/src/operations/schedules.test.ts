import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openFeed, turn, type Way, ways } from '../../test/feedPage.ts'
import { feedId, ScriptedFeed } from '../../test/ScriptedFeed.ts'
import type { LiveMessage, Post } from '../contracts/index.ts'
import { renderKey } from './FeedPage.ts'

/** More than the usual runs: `VENUEKIT_RUNS=20000`. */
const { env } = (globalThis as unknown as { process: { env: Record<string, string | undefined> } }).process

type Page = ReturnType<typeof openFeed>
type Step = readonly [name: keyof typeof steps, choice: number]

/** A feed, a page that shows it, and what the server listed at which time: replicas lag behind by less than a minute. */
interface World {
  server: ScriptedFeed
  page: Page
  history: { at: number; posts: readonly Post[] }[]
  /** What the stream told, and when. */
  told: { at: number; message: LiveMessage }[]
  /** Others delete and pin anywhere, and the stream may lose that: a list whose every row is listed again finds out. */
  foreignChanges: boolean
}

const hear = ({ page, told }: World, message: LiveMessage) => {
  told.push({ at: page.clock.now, message })
  page.venuekit.session.feeds.commitLive(message)
}

const isNews = (message: LiveMessage) => message.type === 'post' && message.post.version === 1

const pick = <Item>(items: readonly Item[], choice: number): Item | undefined => items[choice % items.length]
const held = ({ server }: World, choice: number) => pick([...server.held], choice)

const replica = ({ history, page }: World, choice: number): readonly Post[] => {
  const recent = history.filter(({ at }) => at > page.clock.now - 50_000)
  return pick(recent, choice)?.posts ?? []
}

const steps = {
  post: async ({ page }: World, choice: number) => void (await page.post(`mine ${choice}`)),
  remove: async ({ page }: World, choice: number) => {
    const row = pick(page.rows(), choice)
    if (row) await page.remove(row)
  },
  foreignPost: async ({ server }: World) => void server.add('theirs'),
  foreignDelete: async ({ server, foreignChanges }: World, choice: number) => {
    if (foreignChanges) server.remove(pick(server.posts, choice)?.id ?? '')
  },
  foreignPin: async ({ server, foreignChanges }: World, choice: number) => {
    if (foreignChanges) server.pin(pick(server.posts, choice >> 1)?.id ?? '', choice % 2 === 0)
  },
  foreignReaction: async ({ server }: World, choice: number) => {
    server.react(pick(server.posts, choice >> 2)?.id ?? '', pick(['bob', 'eve'], choice) ?? '', (choice & 2) === 0)
  },
  react: async ({ page }: World, choice: number) => {
    const row = pick(page.rows(), choice >> 1)
    if (row) page.venuekit.operations.setReaction(row, choice % 2 === 0).catch(() => null)
  },
  pin: async ({ page, foreignChanges }: World, choice: number) => {
    const row = pick(page.rows(), choice >> 1)
    if (row && !row.pending && foreignChanges) page.venuekit.operations.pinPost(row, choice % 2 === 0).catch(() => null)
  },
  hear: async (world: World, choice: number) => {
    for (const message of world.server.changes.splice(0, 1 + (choice % 3))) hear(world, message)
  },
  hearInDisorder: async (world: World) => {
    for (const message of world.server.changes.splice(0).toReversed()) hear(world, message)
  },
  hearAgain: async (world: World, choice: number) => {
    const recent = world.told.filter(({ at }) => at > world.page.clock.now - 50_000)
    const again = pick(recent, choice)
    if (again) world.page.venuekit.session.feeds.commitLive(again.message)
  },
  loseNews: async (world: World) => {
    const { server, foreignChanges } = world
    const missed = server.changes.splice(0)
    if (!foreignChanges) for (const message of missed) if (!isNews(message)) hear(world, message)
    world.page.venuekit.session.feeds.commitLive({ type: 'reset' })
  },
  refetch: async ({ page }: World) => page.refetch(),
  nextPage: async ({ page }: World) => {
    if (page.screen.hasMore()) await page.loadMore()
  },
  work: async (world: World, choice: number) => void held(world, choice)?.process(),
  lag: async (world: World, choice: number) => {
    const request = held(world, choice)
    if (request?.kind === 'list') request.process(replica(world, choice >> 3))
  },
  deliver: async (world: World, choice: number) => held(world, choice)?.deliver(),
  /** A create may have been done all the same: its answer is lost. Of a lost delete only a fetch of its page could tell. */
  refuse: async (world: World, choice: number) => {
    const request = held(world, choice)
    if (request?.kind === 'create' || (request && request.kind !== 'list' && !request.isDone))
      request.fail('forbidden', 403)
  },
  wait: async ({ page }: World, choice: number) => {
    page.clock.now += (choice % 40) * 1000
  },
} as const satisfies Record<string, (world: World, choice: number) => Promise<unknown>>

const schedule = fc.array(
  fc.tuple(fc.constantFrom(...(Object.keys(steps) as (keyof typeof steps)[])), fc.nat({ max: 1000 })),
  { maxLength: 50 },
)

const deliverAll = async ({ server }: World) => {
  while (server.held.size > 0) {
    for (const request of [...server.held]) request.deliver()
    await turn()
  }
}

/** Everything is answered, replicas catch up, and the reader looks at the whole feed once more. */
const comeToRest = async (world: World) => {
  const { page } = world
  await turn()
  await deliverAll(world)
  for (const message of world.server.changes.splice(0)) hear(world, message)
  for (const seconds of [61, 61]) {
    page.clock.now += seconds * 1000
    await page.refetch()
    await deliverAll(world)
  }
  for (;;) {
    const [gap] = page.gaps()
    if (gap) void page.venuekit.operations.loadGap(feedId, gap)
    else if (page.screen.hasMore()) void page.screen.loadMore()
    else return
    await turn()
    await deliverAll(world)
  }
}

const run = async (
  schedule: readonly Step[],
  { limit, foreignChanges, way }: { limit: number; foreignChanges: boolean; way: Way },
) => {
  const server = new ScriptedFeed(5, limit)
  const world: World = { server, page: openFeed(server, {}, way), history: [], told: [], foreignChanges }
  const { page } = world
  try {
    await page.loaded()
    server.changes.length = 0
    for (const [name, choice] of schedule) {
      world.history.push({ at: page.clock.now, posts: server.posts })
      await steps[name](world, choice)
      await turn()
      const keys = page.rows().map(renderKey)
      expect(new Set(keys).size, 'a row shows twice').toBe(keys.length)
    }
    await comeToRest(world)
    expect(page.rows()).toEqual(server.posts)
  } finally {
    page.close()
  }
}

describe.each([...ways, 'by both'] as const)('%s', way => {
  test('any schedule of operations, answers, lagging replicas, refetches and live messages ends equal to the server', async () => {
    const world = { limit: 100, foreignChanges: true, way }
    await fc.assert(
      fc.asyncProperty(schedule, steps => run(steps, world)),
      { numRuns: Number(env.VENUEKIT_RUNS ?? 100) },
    )
  })

  test('so it does where the feed has pages and gaps', async () => {
    const world = { limit: 3, foreignChanges: false, way }
    await fc.assert(
      fc.asyncProperty(schedule, steps => run(steps, world)),
      { numRuns: Number(env.VENUEKIT_RUNS ?? 100) },
    )
  })
})
