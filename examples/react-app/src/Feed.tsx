import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { type FeedPost, feedLimits, renderKey, type VenueKit } from '@venuekit/core'
import { type SubmitEvent, useState } from 'react'

interface FeedProps {
  venuekit: VenueKit
  feedId: string
}

/** What is posted, deleted or liked here shows at once, by the operation log: there is no `onMutate` to write. */
export const Feed = ({ venuekit, feedId }: FeedProps) => {
  const feed = useInfiniteQuery(venuekit.queries.feed(feedId))
  const posts = feed.data?.pages.flatMap(page => page.items) ?? []
  return (
    <section aria-labelledby="talk">
      <h2 id="talk">Talk</h2>
      {venuekit.viewer && <Composer venuekit={venuekit} feedId={feedId} />}
      {feed.isPending && <p className="quiet">Reading the feed …</p>}
      {feed.isError && (
        <p role="alert">
          {feed.error.message}{' '}
          <button type="button" onClick={() => feed.refetch()}>
            Try again
          </button>
        </p>
      )}
      {feed.isSuccess && posts.length === 0 && <p className="quiet">Nobody has said anything yet.</p>}
      <ol className="posts">
        {posts.map(post => (
          <Row key={renderKey(post)} venuekit={venuekit} post={post} />
        ))}
      </ol>
      {feed.hasNextPage && (
        <button type="button" className="more" disabled={feed.isFetchingNextPage} onClick={() => feed.fetchNextPage()}>
          Older posts
        </button>
      )}
    </section>
  )
}

const Composer = ({ venuekit, feedId }: FeedProps) => {
  const [text, setText] = useState('')
  const create = useMutation(venuekit.mutations.createPost(feedId))
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    setText('')
    // The row is there already. Refused, it goes, and the words come back unless there are new ones.
    create.mutate({ text }, { onError: () => setText(now => now || text) })
  }
  return (
    <form className="composer" onSubmit={send}>
      <textarea
        aria-label="Write a post"
        placeholder="What did you hear?"
        rows={3}
        maxLength={feedLimits.textLength}
        value={text}
        onChange={event => setText(event.target.value)}
      />
      <button type="submit" disabled={!text.trim()}>
        Post
      </button>
      {create.isError && <p role="alert">Not posted: {create.error.message}</p>}
    </form>
  )
}

const times = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

const Row = ({ venuekit, post }: { venuekit: VenueKit; post: FeedPost }) => {
  const react = useMutation(venuekit.mutations.setReaction())
  const remove = useMutation(venuekit.mutations.deletePost())
  const { count, mine } = post.reactions
  return (
    <li className={post.pending ? 'post pending' : 'post'}>
      <p className="byline">
        <b>{post.author.name}</b>{' '}
        {post.pending ? 'sending …' : <time dateTime={post.createdAt}>{times.format(new Date(post.createdAt))}</time>}
        {post.pinnedAt && <span className="pinned">Pinned</span>}
      </p>
      <p className="text">{post.text}</p>
      {post.media.map(({ id, kind, url, posterUrl, alt }) =>
        kind === 'video' ? (
          // biome-ignore lint/a11y/useMediaCaption: visitors film without captions
          <video key={id} controls preload="none" src={url ?? undefined} poster={posterUrl ?? undefined} />
        ) : (
          <img key={id} src={url ?? undefined} alt={alt ?? ''} loading="lazy" />
        ),
      )}
      {venuekit.viewer && (
        <p className="acts">
          <button type="button" aria-pressed={mine} onClick={() => react.mutate({ post, reacted: !mine })}>
            Like{count > 0 && ` · ${count}`}
          </button>
          {post.canDelete && (
            <button type="button" onClick={() => remove.mutate(post)}>
              Delete
            </button>
          )}
        </p>
      )}
      {remove.isError && <p role="alert">Not deleted: {remove.error.message}</p>}
    </li>
  )
}
