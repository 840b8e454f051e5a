import type { MediaItem } from '@venuekit/core/contracts'
import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { useFeed } from '../view/feedContext.ts'
import { type PlayerState, restingState, VideoPlayer } from './VideoPlayer.ts'

interface UsedPlayer {
  readonly player: RefObject<VideoPlayer | null>
  readonly state: PlayerState
}

/** Plays the item in that element: the visitor's own file until the server's is ready and the element loads anew. */
export const useVideoPlayer = (
  video: RefObject<HTMLVideoElement | null>,
  item: MediaItem,
  isAlone: boolean,
): UsedPlayer => {
  const { model } = useFeed()
  const player = useRef<VideoPlayer>(null)
  const [state, setState] = useState(restingState)
  const newest = useRef(item)
  newest.current = item
  const preview = model.previewOf(item.id)
  const source = preview ?? playable(item)

  useEffect(() => {
    if (!video.current || source === null) return
    const freed = () => {
      const { id, status, url } = newest.current
      if (isAlone || status !== 'ready' || url === null || model.previewOf(id) === null) return
      player.current?.setSource(playable(newest.current) ?? '')
      model.dropPreview(id)
    }
    const created = new VideoPlayer({
      video: video.current,
      mediaId: item.id,
      source,
      isAlone,
      onChange: setState,
      onFreed: freed,
    })
    player.current = created
    return () => {
      created.end()
      player.current = null
    }
    // A preview that is dropped is no reason to start anew: the player has taken the server's address by then.
  }, [item.id, source === null, isAlone, model])

  return { player, state }
}

/** A moment after the start: without a poster some browsers show nothing else of a video that does not play. */
const playable = ({ url, posterUrl }: MediaItem): string | null =>
  url !== null && posterUrl === null ? `${url}#t=0.001` : url
