import { useEffect, useReducer, useRef, useState } from 'preact/hooks'
import type { Attachments } from '../upload/Attachments.ts'
import { useFeed } from '../view/feedContext.ts'
import type { mediaPart } from './mediaPart.ts'

type MediaPart = typeof mediaPart

/** Files for the post that is being written. What works on them loads with the first of them. */
export const useAttachments = () => {
  const { model, addStyles, offer } = useFeed()
  const { info } = offer
  const [part, setPart] = useState<MediaPart | null>(null)
  const [hasFailed, setFailed] = useState(false)
  const [, repaint] = useReducer<number, void>(count => count + 1, 0)
  const attachments = useRef<Attachments>(null)
  const isGone = useRef(false)

  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
      attachments.current?.end()
      attachments.current = null
    }
  }, [])

  const add = async (files: readonly File[]): Promise<void> => {
    if (!info || files.length === 0) return
    setFailed(false)
    const { mediaPart } = await import('./mediaPart.ts')
    if (isGone.current) return
    addStyles([mediaPart.trayStyles])
    attachments.current ??= new mediaPart.Attachments({ client: model.session.client, feedId: model.feedId }, () =>
      repaint(),
    )
    setPart(mediaPart)
    await attachments.current.add(files, info)
  }

  return {
    info,
    part,
    attachments: attachments.current,
    /** The part that works on files could not be loaded. */
    hasFailed,
    add: (files: readonly File[]) => void add(files).catch(() => setFailed(true)),
  }
}
