import type { MediaItem } from '@venuekit/core/contracts'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useFeed } from './feedContext.ts'

type Part = typeof import('../media/Gallery.tsx')

const tallest = 480
/** Rows whose part has not come, and how they ask again. */
const waiting = new Set<() => void>()

/** Room for a post's images and video, in their shape from the start; what shows them loads with the first of them. */
export const PostMedia = ({ media }: { media: readonly MediaItem[] }) => {
  const { messages } = useFeed()
  const { part, hasFailed, load } = useGallery()
  // What is being processed may have had its shape from a preview, and keeps it.
  const shape = useRef(1.78)
  const [first, second] = media
  if (second) shape.current = 1.5
  else if (first?.width && first.height) shape.current = Math.min(Math.max(first.width / first.height, 0.5), 2.4)
  const style = { aspectRatio: `${shape.current}`, maxInlineSize: `${shape.current * tallest}px` }
  return (
    <div class="media" part="media" style={style}>
      {part && <part.Gallery media={media} />}
      {!part && hasFailed && (
        <button type="button" class="quiet" part="button" onClick={load}>
          {messages.retry}
        </button>
      )}
    </div>
  )
}

/** Where it does not come, it is asked for again when the network is back, or a visitor wants it; all rows have it then. */
const useGallery = () => {
  const [part, setPart] = useState<Part | null>(null)
  const [hasFailed, setFailed] = useState(false)
  const load = async () => {
    try {
      setPart(await import('../media/Gallery.tsx'))
      const others = [...waiting]
      waiting.clear()
      for (const again of others) again()
    } catch {
      setFailed(true)
    }
  }
  useLayoutEffect(() => void load(), [])
  useEffect(() => {
    if (part || !hasFailed) return
    const again = () => void load()
    waiting.add(again)
    globalThis.addEventListener('online', again)
    return () => {
      waiting.delete(again)
      globalThis.removeEventListener('online', again)
    }
  }, [part, hasFailed])
  return { part, hasFailed, load: () => void load() }
}
