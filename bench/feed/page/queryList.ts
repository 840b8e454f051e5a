import { type InfiniteData, InfiniteQueryObserver, MutationObserver, QueryClient } from '@tanstack/query-core'
import type { Page, Post } from '../../../packages/core/src/contracts/index.ts'
import { createClient } from '../../../packages/core/src/index.ts'
import type { Contender } from './Contender.ts'
import { createKeyedRows } from './keyedRows.ts'

const limit = 100

type Pages = InfiniteData<Page<Post>, string | null>
type Draft = { clientId: string; text: string }

/** What a pattern does around the request. */
interface Pattern {
  onMutate?: (draft: Draft) => Promise<unknown>
  onError?: (error: unknown, draft: Draft, context: unknown) => void
  onSuccess?: () => Promise<unknown>
  onSettled?: () => Promise<unknown>
}

/** The same client and list with a mutation in TanStack Query, by the pattern that is given. */
const queryList = (patternOf: (queryClient: QueryClient, queryKey: readonly string[]) => Pattern): Contender => {
  let place: HTMLElement
  let mutate: (draft: Draft) => Promise<unknown>
  return {
    async open({ apiUrl, publishableKey, feedId, posts }, into) {
      place = into
      const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: false } } })
      const client = createClient({ apiUrl, publishableKey, getToken: () => 'viewer:ada' })
      const params = { feedId }
      const queryKey = ['feed', feedId]
      const observer = new InfiniteQueryObserver(queryClient, {
        queryKey,
        queryFn: ({ pageParam }: { pageParam: string | null }) =>
          client.listPosts({ params, query: { limit, ...(pageParam === null ? {} : { cursor: pageParam }) } }),
        initialPageParam: null,
        getNextPageParam: (last: Page<Post>) => last.nextCursor,
      })
      const list = createKeyedRows(place)
      const loaded = () => observer.getCurrentResult().data?.pages.flatMap(page => page.items) ?? []
      observer.subscribe(() => list.show(loaded().map(({ id, text }) => ({ key: id, text }))))
      await observer.refetch({ cancelRefetch: false })
      while (loaded().length < posts) await observer.fetchNextPage()
      const options = { mutationFn: (body: Draft) => client.createPost({ params, body }) }
      const mutation = new MutationObserver(queryClient, { ...options, ...patternOf(queryClient, queryKey) })
      mutate = draft => mutation.mutate(draft)
    },
    post: text => void mutate({ clientId: crypto.randomUUID(), text }),
    rows: () => [...place.children],
  }
}

/** Post, then read everything again. */
export const invalidating = (): Contender =>
  queryList((queryClient, queryKey) => ({ onSuccess: () => queryClient.invalidateQueries({ queryKey }) }))

const optimisticPost = ({ clientId, text }: Draft): Post => ({
  id: clientId,
  clientId,
  feedId: '',
  author: { id: 'ada', name: 'Ada', avatarUrl: null },
  text,
  media: [],
  createdAt: new Date().toISOString(),
  pinnedAt: null,
  reactions: { count: 0, mine: false },
  canDelete: true,
  position: '',
  version: 1,
})

/** The pattern of TanStack Query's guide to optimistic updates: cancel, snapshot, write, roll back, read again. */
export const documented = (): Contender =>
  queryList((queryClient, queryKey) => ({
    onMutate: async draft => {
      await queryClient.cancelQueries({ queryKey })
      const before = queryClient.getQueryData<Pages>(queryKey)
      queryClient.setQueryData<Pages>(queryKey, pages => {
        const [first, ...rest] = pages?.pages ?? []
        if (!pages || !first) return pages
        return { ...pages, pages: [{ ...first, items: [optimisticPost(draft), ...first.items] }, ...rest] }
      })
      return before
    },
    onError: (_error, _draft, before) => void queryClient.setQueryData(queryKey, before),
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  }))
