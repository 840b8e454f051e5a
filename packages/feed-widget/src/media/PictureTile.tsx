import type { MediaItem } from '@venuekit/core/contracts'
import { useState } from 'preact/hooks'
import { useFeed } from '../view/feedContext.ts'
import { MediaNotice } from './MediaNotice.tsx'
import { Picture } from './Picture.tsx'
import { ReloadButton } from './ReloadButton.tsx'
import { useMediaMessages } from './useMediaMessages.ts'

interface PictureTileProps {
  item: MediaItem
  name: string
  onOpen: () => void
}

/** One image of a post; opens full screen. */
export const PictureTile = ({ item, name, onOpen }: PictureTileProps) => {
  const { model } = useFeed()
  const words = useMediaMessages()
  const [attempt, setAttempt] = useState(0)
  const [failed, setFailed] = useState<string | null>(null)
  const preview = model.previewOf(item.id)
  const source = item.url ?? preview

  if (item.status === 'failed') return <MediaNotice icon="broken" text={words.mediaRefused} />
  if (source === null || (source === failed && item.url === null)) {
    return <MediaNotice icon="clock" text={words.processing} />
  }
  if (source === failed) {
    const retry = () => {
      setFailed(null)
      setAttempt(attempt + 1)
    }
    return (
      <MediaNotice icon="broken" text={words.pictureFailed}>
        <ReloadButton onClick={retry} />
      </MediaNotice>
    )
  }
  return (
    <button
      type="button"
      class="tile opens"
      part="media-button"
      aria-haspopup="dialog"
      aria-label={name}
      onClick={onOpen}
    >
      <Picture
        key={attempt}
        source={source}
        under={item.url === null ? null : preview}
        alt={item.alt ?? ''}
        onShown={() => item.url !== null && model.dropPreview(item.id)}
        onFailed={() => setFailed(source)}
      />
      {item.status === 'processing' && <span class="tag">{words.processing}</span>}
    </button>
  )
}
