import type { FeedRow } from '../feedRow.ts'
import { useFeed } from './feedContext.ts'
import { PostRow } from './PostRow.tsx'
import { moveFocus } from './rowFocus.ts'

interface PostListProps {
  rows: readonly FeedRow[]
  /** True where every post of the feed is in `rows`. */
  complete: boolean
  busy: boolean
}

/** The posts, newest first, by the feed pattern: Page Up and Page Down go from post to post. */
export const PostList = ({ rows, complete, busy }: PostListProps) => {
  const { messages } = useFeed()
  return (
    <div
      class="list"
      part="list"
      role="feed"
      tabIndex={-1}
      aria-label={messages.feed}
      aria-busy={busy}
      onKeyDown={moveFocus}
    >
      {rows.map((row, index) => (
        <PostRow key={row.key} row={row} position={index + 1} total={complete ? rows.length : -1} />
      ))}
    </div>
  )
}
