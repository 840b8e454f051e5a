import { useLayoutEffect, useRef, useState } from 'preact/hooks'

interface PictureProps {
  source: string
  /** What shows until it is there. */
  under: string | null
  alt: string
  onShown: () => void
  onFailed: () => void
}

/** Sources that were shown once: they do not fade in again when their row comes back. */
const familiar = new Set<string>()
const familiarMost = 1000

/** An image that appears once it is decoded: softly the first time, at once when it is known or has one under it. */
export const Picture = ({ source, under, alt, onShown, onFailed }: PictureProps) => {
  const image = useRef<HTMLImageElement>(null)
  const [shown, setShown] = useState<string | null>(null)
  const known = familiar.has(source) || source.startsWith('blob:')

  const show = async () => {
    const loaded = image.current
    if (!loaded || shown === source) return
    await loaded.decode().catch(() => {})
    if (image.current !== loaded || !loaded.isConnected) return
    if (familiar.size >= familiarMost) familiar.clear()
    familiar.add(source)
    setShown(source)
    onShown()
  }
  // The browser may have it before anybody listens.
  useLayoutEffect(() => {
    if (image.current?.complete && image.current.naturalWidth > 0) void show()
  }, [source])

  return (
    <>
      {under !== null && shown !== source && <img class="under" src={under} alt="" />}
      <img
        ref={image}
        class={shown === source || known ? 'picture shown' : 'picture'}
        src={source}
        alt={alt}
        loading="lazy"
        decoding="async"
        draggable={false}
        referrerpolicy="no-referrer"
        onLoad={show}
        onError={onFailed}
      />
    </>
  )
}
