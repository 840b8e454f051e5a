import type { MediaItem } from '@venuekit/core/contracts'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { mediaName } from '../media/mediaName.ts'
import { useMediaMessages } from '../media/useMediaMessages.ts'
import { pageStage } from '../media/VideoStage.ts'
import { viewerStyles } from '../styles/viewerStyles.ts'
import { useFeed } from '../view/feedContext.ts'
import { lockScroll } from './lockScroll.ts'
import { useViewerGestures } from './useViewerGestures.ts'
import { ViewerBar } from './ViewerBar.tsx'
import { ViewerSlide } from './ViewerSlide.tsx'
import { ViewerSteps } from './ViewerSteps.tsx'
import { viewerKeys } from './viewerKeys.ts'

interface ViewerProps {
  media: readonly MediaItem[]
  /** What to show first. */
  mediaId: string
  /** With the place of what was shown last, from 0. */
  onClose: (index: number) => void
}

/**
 * A post's images and video, full screen. The browser's own modal dialog keeps the focus, takes Escape and, where the
 * system has one, the back gesture; the page's history is not touched.
 */
export const Viewer = ({ media, mediaId, onClose }: ViewerProps) => {
  const { direction, locale, addStyles } = useFeed()
  const words = useMediaMessages()
  const dialog = useRef<HTMLDialogElement>(null)
  const [shownId, setShownId] = useState(mediaId)
  const index = Math.max(
    0,
    media.findIndex(({ id }) => id === shownId),
  )
  const item = media[index]
  const step = (by: number) => {
    const next = media[index + by]
    if (next) setShownId(next.id)
  }
  const close = () => dialog.current?.close()
  const { surface, track, gestures, isZoomed } = useViewerGestures({
    index,
    count: media.length,
    direction,
    step,
    close,
  })

  useLayoutEffect(() => addStyles([viewerStyles]), [addStyles])
  useLayoutEffect(() => {
    const unlock = lockScroll(document)
    const release = pageStage().hold()
    dialog.current?.showModal()
    return () => {
      release()
      unlock()
    }
  }, [])

  const press = (event: KeyboardEvent) => {
    // Neither the feed's keys nor the page's are meant.
    event.stopPropagation()
    viewerKeys(event, { direction, isZoomed, gestures: gestures.current, step })
  }
  const forward = direction === 'rtl' ? 1 : -1
  return (
    <dialog
      ref={dialog}
      class="viewer"
      part="viewer"
      aria-label={words.viewer}
      onClose={() => onClose(index)}
      onKeyDown={press}
    >
      <ViewerBar
        index={index}
        count={media.length}
        canZoom={item?.kind === 'image'}
        isZoomed={isZoomed}
        onZoom={() => gestures.current?.toggleZoom()}
        onClose={close}
      />
      {/* biome-ignore lint/a11y: a click beside the picture closes as well; keys have Escape and the button */}
      <div ref={surface} class="surface" onClick={event => isBeside(event.target) && close()}>
        <div ref={track} class="track" style={{ '--_at': `${forward * index * 100}%` }}>
          {media.map((each, at) =>
            Math.abs(at - index) > 1 ? null : (
              <ViewerSlide
                key={each.id}
                item={each}
                name={mediaName(words, media, each, locale)}
                index={at}
                isCurrent={at === index}
              />
            ),
          )}
        </div>
        <ViewerSteps index={index} count={media.length} onStep={step} />
      </div>
      <p class="caption" part="caption" dir="auto">
        {item?.alt}
      </p>
    </dialog>
  )
}

const isBeside = (target: EventTarget | null): boolean => target instanceof Element && target.matches('.slide')
