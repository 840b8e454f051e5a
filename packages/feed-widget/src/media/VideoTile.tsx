import type { MediaItem } from '@venuekit/core/contracts'
import { useEffect, useRef } from 'preact/hooks'
import { useFeed } from '../view/feedContext.ts'
import { MediaNotice } from './MediaNotice.tsx'
import { ReloadButton } from './ReloadButton.tsx'
import { useMediaMessages } from './useMediaMessages.ts'
import { useVideoPlayer } from './useVideoPlayer.ts'
import { VideoControls } from './VideoControls.tsx'

interface VideoTileProps {
  item: MediaItem
  name: string
  /** Null where it is full screen already. */
  onOpen: (() => void) | null
}

/** One video of a post, with its controls. */
export const VideoTile = ({ item, name, onOpen }: VideoTileProps) => {
  const { model } = useFeed()
  const words = useMediaMessages()
  const video = useRef<HTMLVideoElement>(null)
  const { player, state } = useVideoPlayer(video, item, onOpen === null)
  const preview = model.previewOf(item.id)
  const failed = state.phase === 'failed'

  // A file that this browser cannot play may play once the server has made it ready.
  useEffect(() => {
    if (!failed || preview === null || item.url === null) return
    player.current?.setSource(item.url)
    model.dropPreview(item.id)
    player.current?.retry()
  }, [failed, preview, item.url, item.id, model, player])

  if (item.status === 'failed') return <MediaNotice icon="broken" text={words.mediaRefused} />
  if (item.url === null && preview === null) return <MediaNotice icon="clock" text={words.processing} />
  const toggle = () => player.current?.toggle()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings borders and a size of its own
    <div class="tile video" role="group" aria-label={name} data-phase={state.phase}>
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: without controls of its own it takes no focus; the group has the name */}
      <video
        ref={video}
        part="video"
        class={onOpen ? undefined : 'alone'}
        poster={item.posterUrl ?? undefined}
        playsInline
        loop
        muted
        preload="none"
        aria-hidden="true"
        onClick={toggle}
      />
      {item.status === 'processing' && <span class="tag">{words.processing}</span>}
      {failed && item.status === 'ready' ? (
        <div class="cover">
          <MediaNotice icon="broken" text={words.videoFailed}>
            <ReloadButton onClick={() => player.current?.retry()} />
          </MediaNotice>
        </div>
      ) : (
        <VideoControls video={video} player={player} state={state} durationMs={item.durationMs} onOpen={onOpen} />
      )}
    </div>
  )
}
