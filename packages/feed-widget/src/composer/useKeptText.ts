import { useMemo, useState } from 'preact/hooks'
import { useFeed } from '../view/feedContext.ts'
import { keptText } from './keptText.ts'

/** The text of the composer, and how to change it: where the device may keep it, it outlives the page. */
export const useKeptText = (viewerId: string): readonly [string, (text: string) => void] => {
  const { model, storage } = useFeed()
  const { feedId } = model
  const kept = useMemo(() => keptText({ storage, feedId, viewerId }), [storage, feedId, viewerId])
  const [text, setText] = useState(() => kept.read())
  const change = (next: string) => {
    setText(next)
    kept.keep(next)
  }
  return [text, change]
}
