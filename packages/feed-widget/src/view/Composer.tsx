import { feedLimits, type Viewer } from '@venuekit/core'
import type { TargetedEvent } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { AttachTools } from '../composer/AttachTools.tsx'
import { takeDropped, takePasted } from '../composer/takeFiles.ts'
import { useAttachments } from '../composer/useAttachments.ts'
import { useComposerMessages } from '../composer/useComposerMessages.ts'
import { useKeptText } from '../composer/useKeptText.ts'
import { writingStyles } from '../composer/writingStyles.ts'
import { Avatar } from './Avatar.tsx'
import { CharacterCount } from './CharacterCount.tsx'
import { useFeed } from './feedContext.ts'

/** Where a signed-in viewer writes. The field grows with its text; what is too long is told, never cut off. */
export const Composer = ({ viewer }: { viewer: Viewer }) => {
  const { model, messages, addStyles } = useFeed()
  const words = useComposerMessages()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useKeptText(viewer.id)
  const { info, part, attachments, hasFailed, add } = useAttachments()
  const most = info?.limits.textLength ?? feedLimits.textLength
  // In code points, as the server counts.
  const length = [...text.trim()].length
  const hasMedia = (attachments?.items.length ?? 0) > 0
  const ready = (length > 0 || hasMedia) && length <= most && (attachments?.areIn ?? true)

  useLayoutEffect(() => addStyles([writingStyles]), [])

  const post = (event: Event) => {
    event.preventDefault()
    field.current?.focus()
    if (!ready) return attachments?.remind()
    model.post(text.trim(), attachments?.take())
    setText('')
  }
  const postByKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) post(event)
  }

  return (
    <form class="composer" part="composer" onSubmit={post} {...(info ? takeDropped(info, add) : {})}>
      <Avatar id={viewer.id} name={viewer.name} avatarUrl={viewer.avatarUrl ?? null} />
      <div class="grow">
        <textarea
          ref={field}
          data-before=""
          part="composer-text"
          rows={1}
          dir="auto"
          value={text}
          aria-label={words.composerLabel}
          aria-describedby="count"
          aria-invalid={length > most}
          placeholder={messages.composerPlaceholder}
          onInput={(event: TargetedEvent<HTMLTextAreaElement>) => setText(event.currentTarget.value)}
          onKeyDown={postByKey}
          onPaste={info ? takePasted(info, add) : undefined}
        />
        {/* Gives the grid cell the height of the text, also where the browser cannot size a field by its content. */}
        <div class="mirror" aria-hidden="true">{`${text} `}</div>
      </div>
      {part && attachments && info && (
        <part.MediaTray attachments={attachments} info={info} onRemoved={() => field.current?.focus()} />
      )}
      <div class="composer-end">
        <CharacterCount left={most - length} />
        <div class="composer-actions">
          <AttachTools info={info} onFiles={add} />
          <button
            type="submit"
            class="primary"
            part="button post-button"
            aria-disabled={!ready}
            aria-keyshortcuts="Control+Enter Meta+Enter"
            title={words.postShortcut}
          >
            {words.post}
          </button>
        </div>
      </div>
      {hasFailed && (
        <p class="load-failed" role="alert">
          {messages.error_network}
        </p>
      )}
    </form>
  )
}
