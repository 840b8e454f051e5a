import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { countedMessage } from '../countedMessage.ts'
import type { FeedRow } from '../feedRow.ts'
import { Drawing } from '../view/Drawing.tsx'
import { holdScroll } from '../window/steadyScroll.ts'
import { compactCount } from './compactCount.ts'
import { icons } from './icons.ts'
import { noteRows } from './slideRows.ts'
import { useActing } from './useActing.ts'
import { watchReading } from './watchReading.ts'

interface NewPostsProps {
  list: RefObject<HTMLElement | null>
  rows: readonly FeedRow[]
}

/**
 * What comes while somebody reads: it waits behind a button. Also keeps what is read in its place through every change
 * of the rows, and brings the visitor's own new post into sight. Stands before the list, so that it renders while the
 * list is still as it was.
 */
export const NewPosts = ({ list, rows }: NewPostsProps) => {
  const { model, words, locale } = useActing()
  const mark = useRef<HTMLSpanElement>(null)
  const { heldCount, written } = model.state
  useSteadyRows(list, rows)
  useOwnPost(list, written)
  const first = useRef<ReadonlySet<string> | null>(null)

  useEffect(() => {
    if (!mark.current || !list.current) return
    return watchReading(mark.current, list.current, isReading => model.hold(isReading))
  }, [model])

  const count = compactCount(heldCount, locale)
  const text = countedMessage(words.newPosts, heldCount, locale, { count })
  useEffect(() => {
    // Not at once: an effect may run while its part is painted anew, when nothing else may be.
    if (heldCount > 0) queueMicrotask(() => model.announce(() => text))
  }, [heldCount > 0])

  useLayoutEffect(() => {
    const known = first.current
    if (!known || !list.current) return
    first.current = null
    const top = rowsOf(list.current).find(row => !known.has(row.dataset.key ?? ''))
    goTo(top ?? rowsOf(list.current)[0])
  })
  const show = () => {
    first.current = new Set(rows.map(({ key }) => key))
    model.showHeld()
  }

  return (
    <>
      <span ref={mark} class="mark" />
      {heldCount > 0 && (
        <div class="news">
          <button type="button" class="pill" part="button new-posts-button" onClick={show}>
            <Drawing path={icons.up} />
            {text}
          </button>
        </div>
      )}
    </>
  )
}

const rowsOf = (list: Element): HTMLElement[] => [...list.querySelectorAll<HTMLElement>(':scope > article')]

const behavior = (): ScrollBehavior =>
  matchMedia('(prefers-reduced-motion: no-preference)').matches ? 'smooth' : 'instant'

const goTo = (row: HTMLElement | undefined): void => {
  row?.focus({ preventScroll: true })
  row?.scrollIntoView({ block: 'start', behavior: behavior() })
}

/** Nothing that is read moves when rows come and go around it; what moves in sight slides. */
const useSteadyRows = (list: RefObject<HTMLElement | null>, rows: readonly FeedRow[]): void => {
  const before = useRef(rows)
  const release = useRef<(() => void) | null>(null)
  const isChanged = before.current !== rows
  if (isChanged && list.current && before.current.length > 0) {
    // One's own post is to be seen in the next frame, not after a slide.
    const isOwn = rows.length > before.current.length && rows.some(({ delivery }) => delivery !== 'sent')
    const hold = holdScroll(list.current)
    const slide = isOwn ? null : noteRows(list.current)
    release.current = () => {
      hold()
      slide?.()
    }
  }
  useLayoutEffect(() => {
    before.current = rows
    release.current?.()
    release.current = null
  })
}

/** A post that was written here comes into sight where it is not. */
const useOwnPost = (list: RefObject<HTMLElement | null>, written: string | null): void => {
  const shown = useRef(written)
  useLayoutEffect(() => {
    if (written === shown.current || !list.current) return
    shown.current = written
    const row = rowsOf(list.current).find(({ dataset }) => dataset.key === written)
    row?.scrollIntoView({ block: 'nearest', behavior: behavior() })
  })
}
