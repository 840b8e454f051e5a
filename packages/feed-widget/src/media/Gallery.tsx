import type { MediaItem } from '@venuekit/core/contracts'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { mediaStyles } from '../styles/mediaStyles.ts'
import { useFeed } from '../view/feedContext.ts'
import { mediaName } from './mediaName.ts'
import { PictureTile } from './PictureTile.tsx'
import { useMediaMessages } from './useMediaMessages.ts'
import { VideoTile } from './VideoTile.tsx'

const tiles = { image: PictureTile, video: VideoTile } as const
const loadViewer = () => import('../viewer/Viewer.tsx')

interface Opened {
  readonly viewer: Awaited<ReturnType<typeof loadViewer>>
  readonly mediaId: string
}

/** The images and the video of one post, in the room that its row keeps for them; full screen on demand. */
export const Gallery = ({ media }: { media: readonly MediaItem[] }) => {
  const { locale, addStyles } = useFeed()
  const words = useMediaMessages()
  const root = useRef<HTMLDivElement>(null)
  const [opened, setOpened] = useState<Opened | null>(null)
  useLayoutEffect(() => addStyles([mediaStyles]), [addStyles])

  const open = async (mediaId: string) => {
    try {
      setOpened({ viewer: await loadViewer(), mediaId })
    } catch {
      // The next click tries again.
    }
  }
  /** The focus goes back to what was shown last. */
  const close = (index: number) => {
    setOpened(null)
    const tile = root.current?.children[index]
    const control = tile?.matches('button') ? tile : tile?.querySelector('[aria-haspopup]')
    if (control instanceof HTMLElement) control.focus({ preventScroll: true })
  }
  return (
    <>
      <div ref={root} class={`grid grid-${Math.min(media.length, 4)}`}>
        {media.map(item => {
          const Tile = tiles[item.kind]
          const name = mediaName(words, media, item, locale)
          return <Tile key={item.id} item={item} name={name} onOpen={() => void open(item.id)} />
        })}
      </div>
      {opened && <opened.viewer.Viewer media={media} mediaId={opened.mediaId} onClose={close} />}
    </>
  )
}
