import type { MediaItem } from '@venuekit/core/contracts'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { mediaStyles } from '../styles/mediaStyles.ts'
import { useFeed } from '../view/feedContext.ts'
import { adoptPart } from './adoptPart.ts'
import { mediaName } from './mediaName.ts'
import { PictureTile } from './PictureTile.tsx'
import { useMediaMessages } from './useMediaMessages.ts'
import { VideoTile } from './VideoTile.tsx'

const tiles = { image: PictureTile, video: VideoTile } as const

/** The images and the video of one post, in the room that its row keeps for them. */
export const Gallery = ({ media }: { media: readonly MediaItem[] }) => {
  const { locale } = useFeed()
  const words = useMediaMessages()
  const root = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => adoptPart(root.current, mediaStyles), [])
  return (
    <div ref={root} class={`grid grid-${Math.min(media.length, 4)}`}>
      {media.map(item => {
        const Tile = tiles[item.kind]
        return <Tile key={item.id} item={item} name={mediaName(words, media, item, locale)} onOpen={() => {}} />
      })}
    </div>
  )
}
