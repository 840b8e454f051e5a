import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFeedDesk } from '../testing/feedDesk.ts'
import { constraintsOf, refusalOf } from '../testing/refusalOf.ts'
import { startTestKit, type TestKit } from '../testing/startTestKit.ts'

let stage: TestKit
/** A feed in which every table has rows: posts with reactions, reports open and decided, media, changes purged. */
beforeAll(async () => {
  stage = await startTestKit()
  const desk = await openFeedDesk(stage, stage.call)
  const posts = [await desk.post('one'), await desk.post('two')]
  for (const { id } of posts) {
    await stage.call('PUT', `/v1/posts/${id}/reaction`, { body: { reacted: true }, bearer: 'viewer:eve' })
    await stage.call('POST', `/v1/posts/${id}/report`, { body: { reason: 'spam' }, bearer: 'viewer:eve' })
  }
  const uploads = [await desk.upload('ada'), await desk.upload('ada')]
  await stage.database.call('feed.create_post', {
    feed_id: desk.feedId,
    venue_id: stage.venue.venueId,
    post_id: crypto.randomUUID(),
    client_id: crypto.randomUUID(),
    author: { id: 'ada', name: 'Ada', avatarUrl: null },
    moderator: false,
    text: '',
    media: uploads.map(uploadId => ({ uploadId, alt: null })),
    media_kinds: ['image'],
    request_hash: 'media',
  })
  await stage.database.withOwner(connection =>
    connection.exec(
      `insert into feed.change_horizon values (true, '1'::xid8, 1);
       insert into feed.media_removals (store, store_key, requested_at, due_at) values ('disk', 'gone', now(), now())`,
    ),
  )
}, 60_000)
afterAll(() => stage.close())

const set = (table: string, change: string) => `update feed.${table} set ${change}`
/** The same row again, with another value in one column. */
const again = (table: string, column: string, value: string) =>
  `insert into feed.${table} overriding system value
   select (jsonb_populate_record(t, jsonb_build_object('${column}', ${value}))).* from feed.${table} t limit 1`
const other = 'gen_random_uuid()'

/** A statement that each constraint refuses. */
const refusals: Record<string, string> = {
  feeds_key: again('feeds', 'name', "'again'"),
  feed_of_venue: set('feeds', `venue_id = ${other}`),
  feed_name_given: set('feeds', "name = ''"),
  posts_key: again('posts', 'client_id', other),
  post_of_feed: set('posts', `feed_id = ${other}`),
  post_text_length: set('posts', "text = repeat('x', 2001)"),
  post_version_positive: set('posts', 'version = 0'),
  post_reactions_not_negative: set('posts', 'reaction_count = -1'),
  deleted_post_names_who: set('posts', 'deleted_at = now()'),
  post_client_id_once: again('posts', 'post_id', other),
  reactions_key: again('reactions', 'reacted_at', 'now()'),
  reaction_to_post: set('reactions', `post_id = ${other}`),
  reports_key: again('reports', 'viewer_id', "'bob'"),
  report_of_post: set('reports', `post_id = ${other}`),
  report_reason_known: set('reports', "reason = 'taste'"),
  report_once_per_viewer: again('reports', 'report_id', other),
  report_cases_key: again('report_cases', 'report_count', '2'),
  case_of_post: again('report_cases', 'post_id', other),
  case_of_feed: set('report_cases', `feed_id = ${other}`),
  case_has_reports: set('report_cases', 'report_count = 0'),
  case_resolution_known: set('report_cases', "resolution = 'shrug', resolved_at = now(), resolved_by = 'Mo'"),
  case_resolved_by_somebody: set('report_cases', "resolution = 'keep', resolved_at = now(), resolved_by = ''"),
  case_resolved_whole: set('report_cases', "resolution = 'keep', resolved_at = now()"),
  media_key: again('media', 'store_key', "'other'")
    .replace('limit 1', 'where post_id is not null limit 1')
    .replace("'store_key', 'other'", "'store_key', 'other', 'post_id', null, 'ordinal', null"),
  media_of_venue: set('media', `venue_id = ${other}`),
  media_of_feed: set('media', `feed_id = ${other}`),
  media_of_post: set('media', `post_id = ${other}`),
  media_kind_known: set('media', "kind = 'sound'"),
  media_status_known: set('media', "status = 'lost'"),
  media_byte_length_positive: set('media', 'byte_length = 0, received_bytes = 0'),
  media_received_in_range: set('media', 'received_bytes = byte_length + 1'),
  media_width_positive: set('media', 'width = 0'),
  media_height_positive: set('media', 'height = 0'),
  media_duration_not_negative: set('media', 'duration_ms = -1'),
  media_ordinal_not_negative: set('media', 'ordinal = -1 where ordinal = 0'),
  media_post_with_ordinal: set('media', 'ordinal = null'),
  media_once_per_ordinal: set('media', 'ordinal = 0'),
  media_stored_once: set('media', "store_key = 'same'"),
  ready_media_can_be_shown: set('media', 'url = null'),
  media_removals_key: again('media_removals', 'tries', '1'),
  media_removal_tries_not_negative: set('media_removals', 'tries = -1'),
  rejected_media_says_why: set('media', "status = 'rejected'"),
  change_kind_known: set('changes', "kind = 'rumour'"),
  changes_key: again('changes', 'kind', "'post'"),
  change_horizon_key: again('change_horizon', 'seq', '2'),
  change_horizon_single: set('change_horizon', 'the_only = false'),
}

test.each(Object.entries(refusals))('%s refuses what it is for', async (name, statement) => {
  expect(await refusalOf(stage.database, statement)).toMatchObject({ constraint: name })
})

test('no constraint of the feed is without its refusal here', async () => {
  const names = await constraintsOf(stage.database, 'feed')
  expect(names.filter(name => !Object.hasOwn(refusals, name))).toEqual([])
})
