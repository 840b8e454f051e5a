import { useMemo } from 'preact/hooks'
import { useFeed } from '../view/feedContext.ts'
import { englishMediaMessages, type MediaMessages } from './mediaMessages.ts'

/** The words about media, as the host has put them where it did. */
export const useMediaMessages = (): MediaMessages => {
  const { messages } = useFeed()
  return useMemo(() => ({ ...englishMediaMessages, ...messages }), [messages])
}
