import type { CallOptions } from '../client/callOptions.ts'
import type { VenueKitClient } from '../client/VenueKitClient.ts'
import type { Post } from '../contracts/feed.ts'
import { VenueKitError } from '../VenueKitError.ts'
import type { CreateOperation, DeleteOperation, Operation, ReactOperation } from './operation.ts'

/**
 * Tells the server what was done here. Answers with the post as it is now, null where there is none any more: somebody
 * was faster.
 */
export const sendOperation = async (
  client: VenueKitClient,
  op: Operation,
  options: CallOptions,
): Promise<Post | null> => {
  const send = senders[op.kind] as (client: VenueKitClient, op: Operation, options: CallOptions) => Promise<Post | null>
  try {
    return await send(client, op, options)
  } catch (error) {
    if (op.kind !== 'create' && error instanceof VenueKitError && error.code === 'not_found') return null
    throw error
  }
}

const senders = {
  create: async (client: VenueKitClient, { feedId, request }: CreateOperation, options: CallOptions) =>
    (await client.createPost({ params: { feedId }, body: request }, options)).post,
  delete: async (client: VenueKitClient, { postId }: DeleteOperation, options: CallOptions) => {
    await client.deletePost({ params: { postId: postId ?? '' } }, options)
    return null
  },
  react: async (client: VenueKitClient, { postId, reacted }: ReactOperation, options: CallOptions) =>
    (await client.setReaction({ params: { postId: postId ?? '' }, body: { reacted } }, options)).post,
} as const satisfies Record<Operation['kind'], unknown>
