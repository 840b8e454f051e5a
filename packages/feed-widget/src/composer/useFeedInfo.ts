import type { FeedInfo } from '@venuekit/core/contracts'
import { useEffect, useState } from 'preact/hooks'
import { useFeed } from '../view/feedContext.ts'

/** What the feed offers and allows; null before that is known. */
export const useFeedInfo = (): FeedInfo | null => {
  const { model } = useFeed()
  const [info, setInfo] = useState(model.info.snapshot.info)
  useEffect(() => {
    const { info: reader } = model
    const read = () => setInfo(reader.snapshot.info)
    const stop = reader.subscribe(read)
    read()
    return stop
  }, [model])
  return info
}
