import type { QueryClient } from '@tanstack/query-core'
import type { ClientInput, VenueKitClient } from './client/VenueKitClient.ts'
import type { Order } from './contracts/ticketing.ts'
import type { Operations } from './createSession.ts'
import type { Keys } from './keys.ts'
import type { PostDraft, PostReference } from './operations/FeedOperations.ts'

interface Surroundings {
  client: VenueKitClient
  queryClient: Pick<QueryClient, 'setQueryData'>
  keys: Keys
  operations: Operations
}

/** What an order is known by. */
export interface OrderReference {
  orderId: string
  orderToken: string
}

/** An order to place. Give the same `idempotencyKey` again to try the same purchase again. */
export type OrderDraft = ClientInput<'createOrder'>['body'] & { idempotencyKey?: string }

interface Reaction {
  post: PostReference
  /** What is wanted, not a flip. */
  reacted: boolean
}

interface Pin {
  post: PostReference
  pinned: boolean
}

type Report = { post: PostReference } & ClientInput<'reportPost'>['body']

/** Operations show at once and are sent by the log: a cache that pauses or repeats them would undo that. */
const always = { networkMode: 'always', retry: false } as const

/** Option objects for `useMutation` and `MutationObserver`. Functions throw `VenueKitError`. */
export const createMutations = ({ client, queryClient, keys, operations }: Surroundings) => {
  const remember = (order: Order) => queryClient.setQueryData(keys.order(order.id), order)
  return {
    createOrder: () => ({
      mutationKey: keys.orders(),
      mutationFn: async ({ idempotencyKey, ...body }: OrderDraft) => {
        const created = await client.createOrder({ body }, idempotencyKey === undefined ? {} : { idempotencyKey })
        remember(created.order)
        return created
      },
      ...always,
    }),

    cancelOrder: () => ({
      mutationKey: keys.orders(),
      mutationFn: async ({ orderId, orderToken }: OrderReference) => {
        const { order } = await client.cancelOrder({ params: { orderId } }, { orderToken })
        remember(order)
        return order
      },
      ...always,
    }),

    createPost: (feedId: string) => ({
      mutationKey: keys.feed(feedId),
      mutationFn: (draft: PostDraft) => operations.createPost(feedId, draft),
      ...always,
    }),

    deletePost: () => ({
      mutationKey: keys.feeds(),
      mutationFn: (post: PostReference) => operations.deletePost(post),
      ...always,
    }),

    setReaction: () => ({
      mutationKey: keys.feeds(),
      mutationFn: ({ post, reacted }: Reaction) => operations.setReaction(post, reacted),
      ...always,
    }),

    pinPost: () => ({
      mutationKey: keys.feeds(),
      mutationFn: ({ post, pinned }: Pin) => operations.pinPost(post, pinned),
      ...always,
    }),

    reportPost: () => ({
      mutationKey: keys.feeds(),
      mutationFn: ({ post, ...report }: Report) => operations.reportPost(post, report),
      ...always,
    }),

    /** Opens an upload under the id the caller made; the bytes go to its `uploadUrl`. */
    createUpload: () => ({
      mutationKey: keys.uploads(),
      mutationFn: async (body: ClientInput<'createUpload'>['body']) => {
        const { upload } = await client.createUpload({ body })
        queryClient.setQueryData(keys.upload(upload.id), upload)
        return upload
      },
      ...always,
    }),

    /** Gives up an upload that no post has taken. */
    cancelUpload: () => ({
      mutationKey: keys.uploads(),
      mutationFn: (uploadId: string) => client.cancelUpload({ params: { uploadId } }),
      ...always,
    }),
  }
}

export type Mutations = ReturnType<typeof createMutations>
