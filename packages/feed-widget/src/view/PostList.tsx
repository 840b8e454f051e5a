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
    // biome-ignore lint/a11y: both roles take the name, aria-busy and the keys
    <div
      class="list"
      part="list"
      // A feed without articles is none; the element stays, because the focus may be on it.
      role={rows.length > 0 ? 'feed' : 'group'}
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
