import type { RefObject } from 'preact'
import { useFeed } from '../view/feedContext.ts'
import { MediaIcon } from './MediaIcon.tsx'
import { useMediaMessages } from './useMediaMessages.ts'
import type { PlayerState, VideoPlayer } from './VideoPlayer.ts'
import { VideoProgress } from './VideoProgress.tsx'

interface VideoControlsProps {
  video: RefObject<HTMLVideoElement | null>
  player: RefObject<VideoPlayer | null>
  state: PlayerState
  durationMs: number | null
  onOpen: (() => void) | null
}

/** Play and pause, place and length, sound, full screen. They run from left to right everywhere, as time does. */
export const VideoControls = ({ video, player, state, durationMs, onOpen }: VideoControlsProps) => {
  const { direction } = useFeed()
  const words = useMediaMessages()
  const playing = state.phase === 'playing'
  const playName = playing ? words.pause : words.play
  const soundTitle = state.soundOn ? words.turnSoundOff : words.turnSoundOn
  const toggle = () => player.current?.toggle()
  return (
    <>
      {!playing && (
        <button type="button" class="start" part="play-button" tabIndex={-1} aria-hidden="true" onClick={toggle}>
          <MediaIcon name="play" />
        </button>
      )}
      {state.isWaiting && <span class="waiting" aria-hidden="true" />}
      <div class="controls" part="video-controls" dir="ltr">
        <button type="button" class="control quietly" aria-label={playName} title={playName} onClick={toggle}>
          <MediaIcon name={playing ? 'pause' : 'play'} />
        </button>
        <VideoProgress video={video} player={player} durationMs={durationMs} playing={playing} />
        <button
          type="button"
          class="control sound"
          part="sound-button"
          aria-label={words.sound}
          aria-pressed={state.soundOn}
          title={soundTitle}
          onClick={() => player.current?.toggleSound()}
        >
          <MediaIcon name={state.soundOn ? 'soundOn' : 'soundOff'} />
        </button>
        {onOpen && (
          <button
            type="button"
            class="control quietly"
            aria-haspopup="dialog"
            aria-label={words.fullScreen}
            title={words.fullScreen}
            dir={direction}
            onClick={onOpen}
          >
            <MediaIcon name="expand" />
          </button>
        )}
      </div>
    </>
  )
}
