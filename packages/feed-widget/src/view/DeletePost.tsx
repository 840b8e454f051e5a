import { useEffect, useRef, useState } from 'preact/hooks'
import type { FeedRow } from '../feedRow.ts'
import { useFeed } from './feedContext.ts'
import { Icon } from './Icon.tsx'
import { focusNeighbour } from './rowFocus.ts'

/** Deletes one's own post, after a question: until it is answered with yes, nothing happens. */
export const DeletePost = ({ row }: { row: FeedRow }) => {
  const { model, messages } = useFeed()
  const [asking, setAsking] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const keep = useRef<HTMLButtonElement>(null)
  const answered = useRef(false)

  useEffect(() => {
    if (asking) keep.current?.focus()
    else if (answered.current) opener.current?.focus()
    answered.current = asking
  }, [asking])

  const remove = () => {
    if (keep.current) focusNeighbour(keep.current)
    model.remove(row)
  }
  const close = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    setAsking(false)
  }

  if (!asking) {
    return (
      <button
        ref={opener}
        type="button"
        class="icon-button"
        part="button"
        aria-label={messages.deletePost}
        title={messages.deletePost}
        onClick={() => setAsking(true)}
      >
        <Icon name="delete" />
      </button>
    )
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row in every browser
    <div class="question" part="question" role="group" aria-label={messages.deleteQuestion} onKeyDown={close}>
      <span>{messages.deleteQuestion}</span>
      <div class="choices">
        <button ref={keep} type="button" class="plain" part="button" onClick={() => setAsking(false)}>
          {messages.keep}
        </button>
        <button type="button" class="danger" part="button" onClick={remove}>
          {messages.delete}
        </button>
      </div>
    </div>
  )
}
