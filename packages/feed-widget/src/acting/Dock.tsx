import { useEffect, useReducer, useRef } from 'preact/hooks'
import { countedMessage } from '../countedMessage.ts'
import { errorMessage } from '../messages.ts'
import { Drawing } from '../view/Drawing.tsx'
import { Icon } from '../view/Icon.tsx'
import { focusedNear } from '../view/rowFocus.ts'
import type { Bar } from './Bars.ts'
import { icons } from './icons.ts'
import { useActing } from './useActing.ts'

/** At the foot of what is in sight of the feed: that the visitor is offline, and how the last action went. */
export const Dock = () => {
  const { model, actions, words } = useActing()
  const [, repaint] = useReducer((count: number) => count + 1, 0)
  useEffect(() => actions.subscribe(() => repaint(undefined)), [actions])
  const { isOffline, viewer } = model.state
  return (
    <div class="dock" role="status" aria-atomic="false">
      {isOffline && (
        <p class="offline" part="offline">
          <Drawing path={icons.offline} />
          {viewer ? words.offlineWaits : words.offline}
        </p>
      )}
      {actions.bars.map(bar => (
        <BarView key={bar.kind} bar={bar} />
      ))}
    </div>
  )
}

/** Stays as long as it is pointed at or has the focus. */
const BarView = ({ bar }: { bar: Bar }) => {
  const { actions } = useActing()
  const holds = useRef({ pointer: false, focus: false })
  const hold = (by: 'pointer' | 'focus', isHeld: boolean) => {
    holds.current[by] = isHeld
    actions.holdBar(bar.kind, holds.current.pointer || holds.current.focus)
  }
  // Another bar in its place counts anew, and is held as this one was.
  useEffect(() => hold('pointer', holds.current.pointer), [bar])
  return (
    <div
      class="bar"
      part="bar"
      onPointerEnter={() => hold('pointer', true)}
      onPointerLeave={() => hold('pointer', false)}
      onFocusIn={() => hold('focus', true)}
      onFocusOut={() => hold('focus', false)}
    >
      {bar.kind === 'deleted' ? <Deleted key={bar.number} {...bar} /> : <Notice {...bar} />}
    </div>
  )
}

const Deleted = ({ count, byKeys }: Extract<Bar, { kind: 'deleted' }>) => {
  const { model, actions, words, locale } = useActing()
  const undo = useRef<HTMLButtonElement>(null)
  /** Where the visitor was, to go back to. */
  const left = useRef<Element | null>(null)
  useEffect(() => {
    if (!byKeys || !undo.current) return
    left.current = focusedNear(undo.current)
    undo.current.focus({ preventScroll: true })
  }, [])

  const restore = () => {
    const feed = undo.current?.closest('.feed')
    const [key] = actions.undo()
    model.announce(() => words.restored)
    const row = [...(feed?.querySelectorAll('article') ?? [])].find(({ dataset }) => dataset.key === key)
    row?.focus()
  }
  const number = new Intl.NumberFormat(locale).format(count)
  return (
    <>
      <span>{countedMessage(words.deletedPosts, count, locale, { count: number })}</span>
      <button
        ref={undo}
        type="button"
        class="act"
        part="button undo-button"
        onClick={restore}
        onKeyDown={event => {
          if (event.key !== 'Escape') return
          event.stopPropagation()
          if (left.current instanceof HTMLElement) left.current.focus()
          actions.closeBar('deleted')
        }}
      >
        {words.undo}
      </button>
      <span class="countdown" aria-hidden="true" />
    </>
  )
}

const Notice = ({ message, errorCode }: Extract<Bar, { kind: 'notice' }>) => {
  const { messages, words } = useActing()
  return (
    <>
      {errorCode !== null && <Icon name="alert" />}
      <span>
        {words[message]} {errorCode !== null && errorMessage(messages, errorCode)}
      </span>
    </>
  )
}
