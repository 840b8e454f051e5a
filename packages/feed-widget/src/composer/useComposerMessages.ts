import { useMemo } from 'preact/hooks'
import type { FeedMessages } from '../messages.ts'
import { useFeed } from '../view/feedContext.ts'
import { type ComposerMessages, englishComposerMessages } from './composerMessages.ts'

/** The words of the composer, as the host has put them where it did. */
export const useComposerMessages = (): FeedMessages & ComposerMessages => {
  const { messages } = useFeed()
  return useMemo(() => ({ ...englishComposerMessages, ...messages }), [messages])
}
