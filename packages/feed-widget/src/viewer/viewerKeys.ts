import type { ViewerGestures } from './ViewerGestures.ts'

interface ViewerKeyContext {
  readonly direction: 'ltr' | 'rtl'
  readonly isZoomed: boolean
  readonly gestures: ViewerGestures | null
  readonly step: (by: -1 | 1) => void
}

type Key = (context: ViewerKeyContext) => void

const panStep = 80

/** Towards the right side of the screen (1) or the left (-1): to what is there, or over a picture that is enlarged. */
const sideways =
  (side: -1 | 1): Key =>
  ({ direction, isZoomed, gestures, step }) => {
    if (isZoomed) gestures?.panBy({ x: -side * panStep, y: 0 })
    else step((direction === 'rtl' ? -side : side) as -1 | 1)
  }

const upwards =
  (side: -1 | 1): Key =>
  ({ gestures }) =>
    gestures?.panBy({ x: 0, y: side * panStep })

const keys: Readonly<Record<string, Key>> = {
  ArrowRight: sideways(1),
  ArrowLeft: sideways(-1),
  ArrowUp: upwards(1),
  ArrowDown: upwards(-1),
  '+': ({ gestures }) => gestures?.zoomBy(1.5),
  '=': ({ gestures }) => gestures?.zoomBy(1.5),
  '-': ({ gestures }) => gestures?.zoomBy(1 / 1.5),
  '0': ({ gestures, isZoomed }) => isZoomed && gestures?.toggleZoom(),
}

/** The viewer's keys; a slider keeps its own. */
export const viewerKeys = (event: KeyboardEvent, context: ViewerKeyContext): void => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target instanceof HTMLInputElement) return
  const press = keys[event.key]
  if (!press) return
  event.preventDefault()
  press(context)
}
