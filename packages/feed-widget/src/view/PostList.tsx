import { useRef } from 'preact/hooks'
import type { FeedRow } from '../feedRow.ts'
import { useFeed } from './feedContext.ts'
import { PostRow } from './PostRow.tsx'
import { moveFocus } from './rowFocus.ts'
import { useLongList } from './useLongList.ts'

interface PostListProps {
  rows: readonly FeedRow[]
  /** True where every post of the feed is in `rows`. */
  complete: boolean
  busy: boolean
}

/**
 * The posts, newest first, by the feed pattern: Page Up and Page Down go from post to post. Of a long feed only the
 * rows near the screen are in the page, and the browser's own search finds no others: the price of 10,000 rows that
 * paint in a frame.
 */
export const PostList = ({ rows, complete, busy }: PostListProps) => {
  const { messages, acting } = useFeed()
  const list = useRef<HTMLDivElement>(null)
  const { items, isWhole, reveal } = useLongList(list, rows)
  return (
    <>
      {acting && <acting.NewPosts list={list} rows={rows} />}
      {/* biome-ignore lint/a11y: both roles take the name, aria-busy and the keys */}
      <div
        ref={list}
        class="list"
        part="list"
        data-long={isWhole ? undefined : ''}
        // A feed without articles is none; the element stays, because the focus may be on it.
        role={rows.length > 0 ? 'feed' : 'group'}
        tabIndex={-1}
        aria-label={messages.feed}
        aria-busy={busy}
        onKeyDown={event => moveFocus(event, reveal)}
      >
        {items.map(item =>
          item.row ? (
            <PostRow key={item.key} row={item.row} position={item.index + 1} total={complete ? rows.length : -1} />
          ) : (
            <div key={item.key} class="space" aria-hidden="true" style={{ blockSize: `${item.height}px` }} />
          ),
        )}
      </div>
    </>
  )
}
