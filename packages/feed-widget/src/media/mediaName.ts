import type { MediaItem } from '@venuekit/core/contracts'
import { fillMessage } from '../messages.ts'
import type { MediaMessages } from './mediaMessages.ts'

/** What the control that opens the item is called: its place among the post's, and its description. */
export const mediaName = (
  words: MediaMessages,
  media: readonly MediaItem[],
  item: MediaItem,
  locale: string,
): string => {
  const alt = item.alt?.trim() || null
  if (item.kind === 'video') return alt === null ? words.videoPlain : fillMessage(words.video, { alt })
  return fillMessage(words.openPicture, {
    number: (media.indexOf(item) + 1).toLocaleString(locale),
    count: media.length.toLocaleString(locale),
    alt: alt ?? words.noDescription,
  })
}
