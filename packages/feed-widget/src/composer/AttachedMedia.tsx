import type { TargetedEvent } from 'preact'
import { useState } from 'preact/hooks'
import { fillMessage } from '../messages.ts'
import type { Attachment } from '../upload/Attachment.ts'
import { useFeed } from '../view/feedContext.ts'
import { ComposerIcon } from './ComposerIcon.tsx'
import { UploadControls } from './UploadControls.tsx'
import { UploadStatus } from './UploadStatus.tsx'
import { useComposerMessages } from './useComposerMessages.ts'

interface AttachedMediaProps {
  item: Attachment
  onRemove: () => void
}

/** One image or video of the post that is being written: what it looks like, what it is called, how far it is. */
export const AttachedMedia = ({ item, onRemove }: AttachedMediaProps) => {
  const words = useComposerMessages()
  const { name, key } = item
  const remove = fillMessage(words.removeFile, { name })
  return (
    <li class="attached" part="attachment" data-phase={item.state?.phase ?? 'preparing'}>
      <Preview item={item} />
      <div class="about">
        <input
          class="alt"
          part="attachment-text"
          type="text"
          dir="auto"
          maxLength={1000}
          aria-label={fillMessage(words.describe, { name })}
          aria-describedby={`${key}-status`}
          placeholder={words.describeHint}
          onInput={(event: TargetedEvent<HTMLInputElement>) => {
            item.alt = event.currentTarget.value
          }}
        />
        <UploadStatus item={item} id={`${key}-status`} />
      </div>
      <div class="attached-end">
        <UploadControls item={item} />
        <button type="button" class="icon-button" part="button" aria-label={remove} title={remove} onClick={onRemove}>
          <ComposerIcon name="remove" />
        </button>
      </div>
    </li>
  )
}

/** A neutral picture of its kind while there is nothing to show, and where the page's policy refuses `blob:`. */
const Preview = ({ item: { kind, previewUrl } }: { item: Attachment }) => {
  const { direction } = useFeed()
  const [isRefused, setRefused] = useState(false)
  const refuse = () => setRefused(true)
  const isShown = previewUrl !== null && !isRefused
  return (
    <div class="thumb" part="attachment-preview" dir={direction} aria-hidden="true">
      <ComposerIcon name={kind} />
      {isShown && kind === 'image' && <img src={previewUrl} alt="" draggable={false} onError={refuse} />}
      {isShown && kind === 'video' && (
        <video src={`${previewUrl}#t=0.001`} muted playsInline preload="metadata" tabIndex={-1} onError={refuse} />
      )}
    </div>
  )
}
