import type { RefObject } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { ViewerGestures } from './ViewerGestures.ts'

interface ViewerPlace {
  /** From 0. */
  index: number
  count: number
  direction: 'ltr' | 'rtl'
  step: (by: number) => void
  close: () => void
}

interface UsedGestures {
  readonly surface: RefObject<HTMLDivElement | null>
  readonly track: RefObject<HTMLDivElement | null>
  readonly gestures: RefObject<ViewerGestures | null>
  readonly isZoomed: boolean
}

/** Joins pointers on the viewer's surface to the place that it shows. */
export const useViewerGestures = (place: ViewerPlace): UsedGestures => {
  const surface = useRef<HTMLDivElement>(null)
  const track = useRef<HTMLDivElement>(null)
  const gestures = useRef<ViewerGestures>(null)
  const [isZoomed, setZoomed] = useState(false)
  const newest = useRef(place)
  newest.current = place

  useLayoutEffect(() => {
    if (!surface.current) return
    const towards = (side: number) => (newest.current.direction === 'rtl' ? -side : side)
    const created = new ViewerGestures(surface.current, {
      track: () => track.current,
      picture: () => track.current?.querySelector<HTMLElement>('[data-current="true"] > .large') ?? null,
      canGo: side => {
        const to = newest.current.index + towards(side)
        return to >= 0 && to < newest.current.count
      },
      go: side => newest.current.step(towards(side)),
      close: () => newest.current.close(),
      zoomed: setZoomed,
    })
    gestures.current = created
    return () => created.end()
  }, [])

  // A picture that was left begins anew when it is come back to.
  useEffect(() => {
    gestures.current?.reset()
    for (const picture of track.current?.querySelectorAll<HTMLElement>('.large') ?? []) picture.style.transform = 'none'
  }, [place.index])

  return { surface, track, gestures, isZoomed }
}
