import { useEffect, useRef } from 'preact/hooks'
import type { MoreState } from '../feedState.ts'
import { savesData } from '../savesData.ts'
import { useFeed } from './feedContext.ts'
import { focusAfter } from './rowFocus.ts'

/** How far below the screen the next page is asked for. */
const ahead = '800px'

/** Below the last post: the next page as it comes near, a button for the same, what went wrong, or the end. */
export const FeedEnd = ({ more, long }: { more: MoreState; long: boolean }) => {
  const { model, messages } = useFeed()
  const sentinel = useRef<HTMLDivElement>(null)
  /** The last post when the visitor asked for more: the focus goes on behind it. */
  const asked = useRef<Element | null>(null)
  const waiting = more === 'idle'

  const ask = () => {
    asked.current = sentinel.current?.closest('.feed')?.querySelector('article:last-of-type') ?? null
    model.loadMore()
  }

  useEffect(() => {
    if (more === 'loading' || !asked.current || !sentinel.current) return
    focusAfter(asked.current, sentinel.current)
    asked.current = null
  }, [more])

  useEffect(() => {
    const element = sentinel.current
    if (!waiting || !element || savesData() || typeof IntersectionObserver === 'undefined') return
    const observer = new IntersectionObserver(
      entries => {
        if (entries.some(entry => entry.isIntersecting)) model.loadMore()
      },
      { rootMargin: ahead },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [waiting, model])

  return (
    <div ref={sentinel} class="end" part="end" data-after="" tabIndex={-1}>
      {more === 'failed' && <p>{messages.moreFailed}</p>}
      {more === 'none' ? (
        long && <p>{messages.end}</p>
      ) : (
        <button type="button" class="plain" part="button more-button" aria-disabled={more === 'loading'} onClick={ask}>
          {more === 'loading' ? messages.loadingMore : more === 'failed' ? messages.retry : messages.showMore}
        </button>
      )}
    </div>
  )
}
