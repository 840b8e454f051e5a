import { postResponse } from '@venuekit/core/contracts'
import type { MigratableDatabase } from '../ports/database.ts'
import type { HttpCaller } from './httpCaller.ts'
import type { TestKit } from './startTestKit.ts'

export interface FeedDesk {
  feedId: string
  /** Posts as this bearer; answers the post. */
  post(text: string, bearer?: string): Promise<ReturnType<typeof postResponse.parse>['post']>
  /** A row as an upload leaves it; `change` is SQL text by column. */
  upload(viewerId: string, change?: Record<string, unknown>): Promise<string>
}

const insertMedia = async (database: MigratableDatabase, row: Record<string, unknown>): Promise<void> => {
  await database.withOwner(connection =>
    connection.query('insert into feed.media select (jsonb_populate_record(null::feed.media, $1::jsonb)).*', [
      JSON.stringify(row),
    ]),
  )
}

/** A feed of the venue's, and what tests do with it. */
export const openFeedDesk = async (
  { database, venue }: Pick<TestKit, 'database' | 'venue'>,
  call: HttpCaller,
): Promise<FeedDesk> => {
  const feedId = crypto.randomUUID()
  await database.call('feed.create_feed', { feed_id: feedId, venue_id: venue.venueId, name: 'News' })
  return {
    feedId,
    async post(text, bearer = 'viewer:ada') {
      const body = { clientId: crypto.randomUUID(), text }
      return (await call('POST', `/v1/feeds/${feedId}/posts`, { body, bearer })).read(postResponse).post
    },
    async upload(viewerId, change = {}) {
      const uploadId = crypto.randomUUID()
      await insertMedia(database, {
        upload_id: uploadId,
        venue_id: venue.venueId,
        feed_id: feedId,
        viewer_id: viewerId,
        kind: 'image',
        status: 'ready',
        content_type: 'image/jpeg',
        byte_length: 1000,
        received_bytes: 1000,
        url: `https://media.example/${uploadId}.jpg`,
        store: 'test',
        store_key: uploadId,
        created_at: '2026-11-23T00:00:00Z',
        changed_at: '2026-11-23T00:00:00Z',
        ...change,
      })
      return uploadId
    },
  }
}
