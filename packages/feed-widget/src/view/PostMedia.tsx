import type { MediaItem } from '@venuekit/core/contracts'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'

type Part = typeof import('../media/Gallery.tsx')

const tallest = 480

/** Room for a post's images and video, in their shape from the start; what shows them loads with the first of them. */
export const PostMedia = ({ media }: { media: readonly MediaItem[] }) => {
  const [part, setPart] = useState<Part | null>(null)
  // What is being processed may have had its shape from a preview, and keeps it.
  const shape = useRef(1.78)
  const [first, second] = media
  if (second) shape.current = 1.5
  else if (first?.width && first.height) shape.current = Math.min(Math.max(first.width / first.height, 0.5), 2.4)
  useLayoutEffect(() => void import('../media/Gallery.tsx').then(setPart, () => {}), [])
  const style = { aspectRatio: `${shape.current}`, maxInlineSize: `${shape.current * tallest}px` }
  return (
    <div class="media" part="media" style={style}>
      {part && <part.Gallery media={media} />}
    </div>
  )
}
