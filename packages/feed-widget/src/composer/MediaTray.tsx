import type { FeedInfo } from '@venuekit/core/contracts'
import { countedMessage } from '../countedMessage.ts'
import { fillMessage } from '../messages.ts'
import type { Attachments } from '../upload/Attachments.ts'
import { useFeed } from '../view/feedContext.ts'
import { Icon } from '../view/Icon.tsx'
import { AttachedMedia } from './AttachedMedia.tsx'
import { byteText } from './byteText.ts'
import { refusalText } from './refusalText.ts'
import { useComposerMessages } from './useComposerMessages.ts'
import { useUploadNews } from './useUploadNews.ts'

interface MediaTrayProps {
  attachments: Attachments
  info: FeedInfo
  /** After something was removed, the focus has nowhere to be. */
  onRemoved: () => void
}

/** What is attached to the post that is being written, what was not taken, and what may be. */
export const MediaTray = ({ attachments, info, onRemoved }: MediaTrayProps) => {
  const { locale } = useFeed()
  const words = useComposerMessages()
  const { items, refused } = attachments
  useUploadNews(attachments)
  const isEmpty = items.length === 0 && refused.length === 0
  return (
    <div class={isEmpty ? 'tray none' : 'tray'} part="attachments">
      {items.length > 0 && (
        <ul aria-label={words.attached}>
          {items.map(item => (
            <AttachedMedia
              key={item.key}
              item={item}
              onRemove={() => {
                attachments.remove(item)
                onRemoved()
              }}
            />
          ))}
        </ul>
      )}
      {refused.map(file => (
        <p key={file} class="refused" part="attachment-problem">
          <Icon name="alert" />
          <span>{refusalText(words, file, locale)}</span>
        </p>
      ))}
      {!isEmpty && <Limits info={info} />}
    </div>
  )
}

const Limits = ({ info: { features, limits } }: { info: FeedInfo }) => {
  const { locale } = useFeed()
  const words = useComposerMessages()
  const number = (value: number) => value.toLocaleString(locale)
  const images = { images: number(limits.imagesPerPost), imageSize: byteText(limits.imageBytes, locale) }
  const video = { seconds: number(limits.videoSeconds), videoSize: byteText(limits.videoBytes, locale) }
  return (
    <p class="limits">
      {features.images && countedMessage(words.limitsImages, limits.imagesPerPost, locale, images)}{' '}
      {features.video && fillMessage(words.limitsVideo, video)}
    </p>
  )
}
