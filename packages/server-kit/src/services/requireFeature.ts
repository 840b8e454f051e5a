import type { FeedFeatures } from '@venuekit/core/contracts'
import type { FlaggedFeed } from '../ports/flagSource.ts'
import type { KitContext } from './kitContext.ts'
import { ProblemError } from './problemError.ts'

const names: Readonly<Record<keyof FeedFeatures, string>> = {
  images: 'Images',
  video: 'Videos',
  reactions: 'Reactions',
  live: 'Live updates',
}

export const switchedOff = (feature: keyof FeedFeatures): ProblemError =>
  new ProblemError('forbidden', { detail: `${names[feature]} are switched off in this feed.` })

/** Off means off: throws `forbidden` where the host switched the feature off, or the kit cannot serve it. */
export const requireFeature = async (
  { features }: KitContext,
  feed: FlaggedFeed,
  feature: keyof FeedFeatures,
): Promise<void> => {
  const offered = await features.read(feed)
  if (!offered[feature]) throw switchedOff(feature)
}
