import type { RefObject, TargetedEvent } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { fillMessage } from '../messages.ts'
import { useFeed } from '../view/feedContext.ts'
import { clockText } from './clockText.ts'
import { useMediaMessages } from './useMediaMessages.ts'
import type { VideoPlayer } from './VideoPlayer.ts'

interface VideoProgressProps {
  video: RefObject<HTMLVideoElement | null>
  player: RefObject<VideoPlayer | null>
  /** What the server has read; the element itself knows better once it has loaded. */
  durationMs: number | null
  playing: boolean
}

/** How far a video is: a slider to go elsewhere, and the time that is left, or the length while it rests. */
export const VideoProgress = ({ video, player, durationMs, playing }: VideoProgressProps) => {
  const { locale } = useFeed()
  const words = useMediaMessages()
  const slider = useRef<HTMLInputElement>(null)
  const time = useRef<HTMLSpanElement>(null)

  // Written past the renderer: four times a second for each video that plays.
  useEffect(() => {
    const element = video.current
    if (!element) return
    const show = () => {
      const length = Number.isFinite(element.duration) ? element.duration : (durationMs ?? 0) / 1000
      const at = Math.min(element.currentTime, length)
      if (time.current) time.current.textContent = clockText(playing ? Math.ceil(length - at) : length, locale)
      if (!slider.current) return
      slider.current.max = String(length)
      slider.current.value = String(at)
      slider.current.style.setProperty('--_done', `${length > 0 ? (at / length) * 100 : 0}%`)
      const text = { at: clockText(at, locale), length: clockText(length, locale) }
      slider.current.setAttribute('aria-valuetext', fillMessage(words.positionText, text))
    }
    show()
    const listening = new AbortController()
    for (const name of ['timeupdate', 'durationchange', 'seeking', 'emptied']) {
      element.addEventListener(name, show, { signal: listening.signal })
    }
    return () => listening.abort()
  }, [video, durationMs, playing, locale, words])

  const seek = ({ currentTarget }: TargetedEvent<HTMLInputElement>) => player.current?.seek(Number(currentTarget.value))
  return (
    <>
      <input
        ref={slider}
        type="range"
        class="progress quietly"
        part="progress"
        min="0"
        step="0.1"
        aria-label={words.position}
        onInput={seek}
      />
      <span ref={time} class="left" part="duration" aria-hidden="true" />
    </>
  )
}
