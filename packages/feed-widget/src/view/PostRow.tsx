import { useMemo } from 'preact/hooks'
import type { FeedRow } from '../feedRow.ts'
import { Avatar } from './Avatar.tsx'
import { useFeed } from './feedContext.ts'
import { Icon } from './Icon.tsx'
import { PostMedia } from './PostMedia.tsx'
import { PostText } from './PostText.tsx'
import { PostTime } from './PostTime.tsx'

interface PostRowProps {
  row: FeedRow
  /** Place in the feed, from 1. */
  position: number
  /** How many posts the feed has; -1 while that is unknown. */
  total: number
}

/** One post. Its element stays the same from the moment it is written to the server's answer and after. */
export const PostRow = ({ row, position, total }: PostRowProps) => {
  // Not useId: a row that is mounted above others later gets an id that is taken (axe: duplicate-id-aria).
  const id = row.key
  // An unchanged row costs nothing: Preact skips a subtree whose description is the same object.
  const body = useMemo(() => <RowBody row={row} id={id} />, [row, id])
  return (
    <article
      class="row"
      part="post"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: in a feed, the articles take the focus
      tabIndex={0}
      data-key={row.key}
      data-delivery={row.delivery}
      aria-posinset={position}
      aria-setsize={total}
      aria-labelledby={`${id}-author`}
      aria-describedby={row.post.text ? `${id}-text` : undefined}
    >
      {body}
    </article>
  )
}

const RowBody = ({ row, id }: { row: FeedRow; id: string }) => {
  const { messages, acting } = useFeed()
  const { post, delivery, problem } = row
  return (
    <>
      <Avatar {...post.author} />
      <div class="body">
        <header class="byline">
          <span id={`${id}-author`} class="author" part="author" dir="auto">
            {post.author.name}
          </span>
          <PostTime instant={post.createdAt} />
          {post.pinnedAt !== null && (
            <span class="badge" part="badge">
              <Icon name="pin" />
              {messages.pinned}
            </span>
          )}
          {(delivery === 'sending' || delivery === 'waiting') && <span class="sending">{messages[delivery]}</span>}
        </header>
        {post.text && <PostText id={`${id}-text`} text={post.text} />}
        {post.media.length > 0 && <PostMedia media={post.media} />}
        {problem && acting && <acting.PostProblem row={row} problem={problem} />}
        {acting ? <acting.PostEnd row={row} /> : <div class="row-end" />}
        {row.gap && acting && <acting.PostGap row={row} />}
      </div>
      {acting && <acting.PostMenu row={row} />}
    </>
  )
}
