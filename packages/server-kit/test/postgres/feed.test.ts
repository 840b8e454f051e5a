import type { Post } from '@venuekit/core/contracts'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestDatabase, TestPostgres } from '../../src/testing/testPostgres.ts'

let postgres: TestPostgres
let place: TestDatabase
let database: MigratableDatabase
const venueId = crypto.randomUUID()
const feedId = crypto.randomUUID()

beforeAll(async () => {
  postgres = await startTestPostgres()
  place = await postgres.createDatabase()
  database = place.open({ poolSize: 12 })
  await database.call('venuekit.create_venue', { venue_id: venueId, name: 'The Venue' })
  await database.call('feed.create_feed', { feed_id: feedId, venue_id: venueId, name: 'News' })
})
afterAll(async () => {
  await database.close()
  await postgres.stop()
})

const createPost = async (text: string, change: { client_id?: string } = {}): Promise<Post> => {
  const answer = await database.call('feed.create_post', {
    feed_id: feedId,
    venue_id: venueId,
    post_id: crypto.randomUUID(),
    client_id: crypto.randomUUID(),
    author: { id: 'ada', name: 'Ada', avatarUrl: null },
    moderator: false,
    text,
    media: [],
    media_kinds: [],
    request_hash: text,
    ...change,
  })
  if (!('post' in answer)) throw new Error(answer.outcome)
  return answer.post
}
const react = (postId: string, viewerId: string, reacted: boolean) =>
  database.call('feed.set_reaction', {
    post_id: postId,
    venue_id: venueId,
    viewer_id: viewerId,
    moderator: false,
    reacted,
  })
const remove = (postId: string) =>
  database.call('feed.delete_post', { post_id: postId, venue_id: venueId, viewer_id: 'ada', moderator: false })
const pin = (postId: string, pinned: boolean) =>
  database.call('feed.pin_post', { post_id: postId, venue_id: venueId, viewer_id: 'mod', pinned })
const read = async (after: string | null, pageSize = 100) => {
  const answer = await database.call('feed.read_changes', { after, page_size: pageSize })
  if (answer.outcome !== 'read') throw new Error(answer.outcome)
  return answer
}
const begin = async () => (await read(null)).cursor
const query = <Row>(sql: string, values: unknown[] = []) =>
  database.withOwner(connection => connection.query<Row>(sql, values))
const listPosts = async (cursor: string | null, pageSize: number) => {
  const answer = await database.call('feed.list_posts', {
    feed_id: feedId,
    venue_id: venueId,
    viewer_id: null,
    moderator: false,
    cursor,
    page_size: pageSize,
  })
  if (answer.outcome !== 'found') throw new Error(answer.outcome)
  return answer
}
const shownPosts = async () => (await listPosts(null, 100)).items

/** A transaction that stays open between two of its statements. */
const openTransaction = async () => {
  const client = new pg.Client({ connectionString: place.adminUrl })
  await client.connect()
  await client.query('begin')
  return {
    run: (sql: string, values: unknown[] = []) => client.query(sql, values),
    async commit() {
      await client.query('commit')
      await client.end()
    },
  }
}

test('a slow transaction that took an early number is waited for, not skipped', async () => {
  const [slow, fast] = [await createPost('slow'), await createPost('fast')]
  const start = await begin()
  const transaction = await openTransaction()
  await transaction.run('select feed.pin_post($1, $2, $3, true)', [slow.id, venueId, 'mod'])
  await pin(fast.id, true)

  // The fast one has committed under a later number: to read it now would step over the slow one for ever.
  const before = await read(start)
  expect(before).toMatchObject({ changes: [], cursor: start })
  await transaction.commit()
  const after = await read(before.cursor)
  expect(after.changes.map(change => change.postId)).toEqual([slow.id, fast.id])
  expect((await read(after.cursor)).changes).toEqual([])
})

test('thirty writers at once: a reader that asks all the while is told of each post, and of nothing twice', async () => {
  let cursor = await begin()
  const told: string[] = []
  const drain = async () => {
    for (let more = true; more; ) {
      const page = await read(cursor, 7)
      told.push(...page.changes.map(change => change.postId))
      ;({ cursor, more } = page)
    }
  }
  let writing = true
  const reader = (async () => {
    while (writing) await drain()
  })()
  const made = await Promise.all(Array.from({ length: 30 }, (_, number) => createPost(`at once ${number}`)))
  writing = false
  await reader
  await drain()
  expect(told.sort()).toEqual(made.map(post => post.id).sort())
})

test('changes of one post come once, in its newest state, and neutral', async () => {
  const start = await begin()
  const post = await createPost('once')
  await react(post.id, 'eve', true)
  await react(post.id, 'bob', true)
  const gone = await createPost('gone')
  await remove(gone.id)
  const { changes } = await read(start)
  expect(changes).toMatchObject([
    { kind: 'post', venueId, feedId, post: { id: post.id, reactions: { count: 2, mine: false }, canDelete: false } },
    { kind: 'removed', postId: gone.id, clientId: gone.clientId },
  ])
})

test('a cursor older than what is kept is told to begin again; one at the end of it goes on', async () => {
  const start = await begin()
  await createPost('old')
  const { cursor } = await read(start)
  await query("update feed.changes set changed_at = changed_at - interval '61 minutes'")
  const young = await createPost('young')
  expect((await database.call('feed.purge_changes', {})).removed).toBeGreaterThan(0)
  expect(await database.call('feed.read_changes', { after: start, page_size: 10 })).toMatchObject({ outcome: 'reset' })
  expect((await read(cursor)).changes.map(change => change.postId)).toEqual([young.id])
  expect(await database.call('feed.purge_changes', {})).toEqual({ removed: 0 })
})

test('what a restored database brought of another one’s numbers is purged, and sends nobody back', async () => {
  await query(
    `insert into feed.changes (xid, seq, venue_id, feed_id, post_id, kind, changed_at) overriding system value
     values ('9000000000', 1, $1, $2, gen_random_uuid(), 'post', '2020-01-01')`,
    [venueId, feedId],
  )
  await query("update feed.change_horizon set xid = '9000000000'")
  const start = await begin()
  const { id } = await createPost('after the restore')
  expect((await read(start)).changes.map(change => change.postId)).toEqual([id])
  await database.call('feed.purge_changes', {})
  expect(await query("select from feed.changes where xid = '9000000000'")).toEqual([])
  expect((await read(start)).changes.map(change => change.postId)).toEqual([id])
})

test.each(['', 'x', '1', '1-2-3', '99999999999999999999999-1', "1-1'; --"])('a cursor of %o is none', async after => {
  expect(await database.call('feed.read_changes', { after, page_size: 10 })).toEqual({ outcome: 'bad_cursor' })
})

test('a cursor from a database that was restored since is told to begin again', async () => {
  const answer = await database.call('feed.read_changes', { after: '9000000000-1', page_size: 10 })
  expect(answer).toMatchObject({ outcome: 'reset' })
})

test('a pin that commits while the first page is read hides its post from no later page', async () => {
  const { id } = await createPost('low')
  for (const text of ['high', 'higher']) await createPost(text)
  const transaction = await openTransaction()
  await transaction.run('select feed.pin_post($1, $2, $3, true)', [id, venueId, 'mod'])
  const first = await listPosts(null, 2)
  await transaction.commit()
  const second = await listPosts(first.nextCursor, 100)
  expect([...first.items, ...second.items].map(post => post.id)).toContain(id)
})

test('reactions at once all count', async () => {
  const { id } = await createPost('liked')
  await Promise.all(Array.from({ length: 20 }, (_, viewer) => react(id, `viewer ${viewer}`, true)))
  expect((await shownPosts()).find(post => post.id === id)?.reactions.count).toBe(20)
})

test('bursts of reacting and taking it back end with the counter at what the rows say', async () => {
  const { id } = await createPost('wavering')
  const viewers = ['eve', 'bob', 'kim']
  await Promise.all(viewers.flatMap(viewer => Array.from({ length: 10 }, (_, n) => react(id, viewer, n % 2 === 0))))
  const [counted] = await query<{ shown: number; rows: number }>(
    `select p.reaction_count as shown, (select count(*)::integer from feed.reactions r where r.post_id = p.post_id) as rows
     from feed.posts p where p.post_id = $1`,
    [id],
  )
  expect(counted?.shown).toBe(counted?.rows)
  for (const viewer of viewers) await react(id, viewer, true)
  expect(await react(id, 'eve', true)).toMatchObject({ post: { reactions: { count: 3, mine: true } } })
})

test('pinned, reacted to and reported while it is deleted: gone in the end, and told as gone last', async () => {
  for (let round = 0; round < 10; round++) {
    const { id } = await createPost(`round ${round}`)
    const start = await begin()
    const report = database.call('feed.report_post', {
      post_id: id,
      venue_id: venueId,
      report_id: crypto.randomUUID(),
      viewer_id: 'eve',
      viewer_name: 'Eve',
      reason: 'spam',
      note: null,
    })
    await Promise.all([pin(id, true), remove(id), react(id, 'eve', true), report])
    expect((await shownPosts()).some(post => post.id === id)).toBe(false)
    expect((await read(start)).changes).toMatchObject([{ kind: 'removed', postId: id }])
    expect(await query('select from feed.report_cases c where c.post_id = $1 and c.resolved_at is null', [id])).toEqual(
      [],
    )
  }
})

test('the same post sent twice at once, with an upload, is one post', async () => {
  for (let round = 0; round < 10; round++) {
    const uploadId = crypto.randomUUID()
    await query(
      `insert into feed.media (upload_id, venue_id, feed_id, viewer_id, kind, status, content_type, byte_length, url,
         store, store_key, created_at, changed_at)
       values ($1::uuid, $2, $3, 'ada', 'image', 'ready', 'image/png', 1, 'https://media.example/1', 'test', $1::text, now(), now())`,
      [uploadId, venueId, feedId],
    )
    const clientId = crypto.randomUUID()
    const send = () =>
      database.call('feed.create_post', {
        feed_id: feedId,
        venue_id: venueId,
        post_id: crypto.randomUUID(),
        client_id: clientId,
        author: { id: 'ada', name: 'Ada', avatarUrl: null },
        moderator: false,
        text: 'twice',
        media: [{ uploadId, alt: null }],
        media_kinds: ['image'],
        request_hash: 'twice',
      })
    const answers = await Promise.all([send(), send(), send()])
    expect(answers.map(({ outcome }) => outcome).sort()).toEqual(['created', 'replayed', 'replayed'])
    expect(answers).toMatchObject(Array(3).fill({ post: { clientId, media: [{ id: uploadId }] } }))
  }
})
