import { useMemo } from 'preact/hooks'
import { type FeedSurface, useFeed } from '../view/feedContext.ts'
import { type ActingMessages, actingMessages } from './actingMessages.ts'
import type { PostActions } from './PostActions.ts'

export interface ActingSurface extends FeedSurface {
  readonly actions: PostActions
  readonly words: ActingMessages
}

/** What the parts have that load after the first paint. */
export const useActing = (): ActingSurface => {
  const surface = useFeed()
  const { actions, messages } = surface
  const words = useMemo(() => ({ ...actingMessages, ...messages }), [messages])
  if (!actions) throw new Error('A part of what can be done was rendered before it had loaded.')
  return { ...surface, actions, words }
}
