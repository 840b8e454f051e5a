import type { VenueKitClient } from '../client/VenueKitClient.ts'
import type { ListRequest } from '../keys.ts'
import type { ListPage } from './FeedLists.ts'

/** Asks the server for a page of the feed. */
export const listPage =
  (client: VenueKitClient, feedId: string, request: ListRequest, signal: AbortSignal): ListPage =>
  cursor =>
    client.listPosts({ params: { feedId }, query: cursor === null ? request : { ...request, cursor } }, { signal })
