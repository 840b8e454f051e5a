import type { MediaItem } from '@venuekit/core/contracts'
import { useState } from 'preact/hooks'
import { MediaNotice } from '../media/MediaNotice.tsx'
import { ReloadButton } from '../media/ReloadButton.tsx'
import { useMediaMessages } from '../media/useMediaMessages.ts'
import { useFeed } from '../view/feedContext.ts'

/** An image as large as the screen allows; it may zoom. */
export const ViewerPicture = ({ item }: { item: MediaItem }) => {
  const { model } = useFeed()
  const words = useMediaMessages()
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading')
  const source = item.url ?? model.previewOf(item.id)
  if (item.status === 'failed') return <MediaNotice icon="broken" text={words.mediaRefused} />
  if (source === null) return <MediaNotice icon="clock" text={words.processing} />
  if (state === 'failed') {
    return (
      <MediaNotice icon="broken" text={words.pictureFailed}>
        <ReloadButton onClick={() => setState('loading')} />
      </MediaNotice>
    )
  }
  return (
    <>
      {state === 'loading' && <span class="waiting" aria-hidden="true" />}
      <img
        class="large"
        src={source}
        alt={item.alt ?? ''}
        width={item.width ?? undefined}
        height={item.height ?? undefined}
        decoding="async"
        draggable={false}
        referrerpolicy="no-referrer"
        onLoad={() => setState('shown')}
        onError={() => setState('failed')}
      />
    </>
  )
}
