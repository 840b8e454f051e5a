import { feedLimits, type Viewer } from '@venuekit/core'
import type { TargetedEvent } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { Avatar } from './Avatar.tsx'
import { CharacterCount } from './CharacterCount.tsx'
import { useFeed } from './feedContext.ts'

/** Where a signed-in viewer writes. The field grows with its text; what is too long is told, never cut off. */
export const Composer = ({ viewer }: { viewer: Viewer }) => {
  const { model, messages } = useFeed()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  const length = text.trim().length
  const ready = length > 0 && length <= feedLimits.textLength

  const post = (event: Event) => {
    event.preventDefault()
    field.current?.focus()
    if (!ready) return
    model.post(text.trim())
    setText('')
  }
  const postByKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) post(event)
  }

  return (
    <form class="composer" part="composer" onSubmit={post}>
      <Avatar id={viewer.id} name={viewer.name} avatarUrl={viewer.avatarUrl ?? null} />
      <div class="grow">
        <textarea
          ref={field}
          data-before=""
          part="composer-text"
          rows={1}
          dir="auto"
          value={text}
          aria-label={messages.composerLabel}
          aria-describedby="count"
          aria-invalid={length > feedLimits.textLength}
          placeholder={messages.composerPlaceholder}
          onInput={(event: TargetedEvent<HTMLTextAreaElement>) => setText(event.currentTarget.value)}
          onKeyDown={postByKey}
        />
        {/* Gives the grid cell the height of the text, also where the browser cannot size a field by its content. */}
        <div class="mirror" aria-hidden="true">{`${text} `}</div>
      </div>
      <div class="composer-end">
        <CharacterCount left={feedLimits.textLength - length} />
        <button
          type="submit"
          class="primary"
          part="button post-button"
          aria-disabled={!ready}
          aria-keyshortcuts="Control+Enter Meta+Enter"
          title={messages.postShortcut}
        >
          {messages.post}
        </button>
      </div>
    </form>
  )
}
