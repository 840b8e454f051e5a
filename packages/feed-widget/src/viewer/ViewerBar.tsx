import { MediaIcon } from '../media/MediaIcon.tsx'
import { useMediaMessages } from '../media/useMediaMessages.ts'
import { fillMessage } from '../messages.ts'
import { useFeed } from '../view/feedContext.ts'

interface ViewerBarProps {
  /** From 0. */
  index: number
  count: number
  canZoom: boolean
  isZoomed: boolean
  onZoom: () => void
  onClose: () => void
}

/** Above what is shown: close, which of how many, zoom. */
export const ViewerBar = ({ index, count, canZoom, isZoomed, onZoom, onClose }: ViewerBarProps) => {
  const { locale } = useFeed()
  const words = useMediaMessages()
  const counter = fillMessage(words.counter, {
    number: (index + 1).toLocaleString(locale),
    count: count.toLocaleString(locale),
  })
  return (
    <div class="viewer-bar">
      {/* First, so that the dialog begins with the focus on it. */}
      <button
        type="button"
        class="viewer-button"
        part="close-button"
        aria-label={words.close}
        title={words.close}
        onClick={onClose}
      >
        <MediaIcon name="close" />
      </button>
      <p class="counter" part="counter" role="status">
        {count > 1 && counter}
      </p>
      {canZoom && (
        <button
          type="button"
          class="viewer-button"
          aria-label={words.zoom}
          title={words.zoom}
          aria-pressed={isZoomed}
          onClick={onZoom}
        >
          <MediaIcon name="zoom" />
        </button>
      )}
    </div>
  )
}
