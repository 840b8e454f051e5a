import { deviceStore, type StoragePolicy } from '@venuekit/core/element'

interface Place {
  /** `all` keeps it; under any other policy nothing is kept, and what was is removed. */
  storage: StoragePolicy
  feedId: string
  viewerId: string
}

/** A text that is being written. */
export interface KeptText {
  read(): string
  /** A blank one is removed. */
  keep(text: string): void
}

/** The text of the next post, on the device: one for each feed, and for the viewer who wrote it alone. */
export const keptText = ({ storage, feedId, viewerId }: Place): KeptText => {
  const device = deviceStore(storage, 'optional')
  return {
    read: () => {
      const [writerId, text] = parse(device.get(keyOf(feedId)))
      if (writerId === viewerId && text) return text
      forgetText(feedId)
      return ''
    },
    keep: text => {
      if (storage !== 'all' || text.trim() === '') forgetText(feedId)
      else device.set(keyOf(feedId), JSON.stringify([viewerId, text]))
    },
  }
}

/** Its writer has gone. Taking away needs nobody's consent. */
export const forgetText = (feedId: string): void => deviceStore('all', 'optional').remove(keyOf(feedId))

const keyOf = (feedId: string): string => `text:${feedId}`

/** What another release or another script left there is no text. */
const parse = (kept: string | null): readonly [string?, string?] => {
  try {
    const [viewerId, text]: unknown[] = JSON.parse(kept ?? '[]')
    return typeof viewerId === 'string' && typeof text === 'string' ? [viewerId, text] : []
  } catch {
    return []
  }
}
