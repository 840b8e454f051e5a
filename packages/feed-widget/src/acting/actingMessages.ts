import type { Message } from '@venuekit/core/element'

/** What the parts say that let a visitor do something about posts, in English. */
export const actingMessages = {
  newPosts: { one: '{count} new post', other: '{count} new posts' },
  showMissing: 'Show the posts in between',
  like: 'Like',
  postOptions: 'Post options',
  delete: 'Delete',
  pin: 'Pin to top',
  unpin: 'Unpin',
  report: 'Report…',
  deletedPosts: { one: 'Post deleted', other: '{count} posts deleted' },
  undo: 'Undo',
  restored: 'Post restored',
  deleteFailed: 'Not deleted.',
  keep: 'Keep',
  discard: 'Discard',
  pinDone: 'Pinned to the top',
  unpinDone: 'Unpinned',
  actionFailed: 'That did not work.',
  signInFirst: 'Sign in on this site first.',
  dismiss: 'Dismiss',
  offline: 'You are offline.',
  offlineWaits: 'You are offline. Posts are sent when you are back.',
  reportTitle: 'Report this post',
  reportIntro: 'What is wrong with it? Only the moderators will see your answer.',
  reasonSpam: 'Spam or advertising',
  reasonAbuse: 'Harassment or hate',
  reasonIllegal: 'Something illegal',
  reasonOther: 'Something else',
  reportNote: 'Anything to add? (optional)',
  reportSend: 'Send report',
  reportSending: 'Sending…',
  cancel: 'Cancel',
  reported: 'Thank you. The moderators will have a look.',
  reportFailed: 'Your report was not sent.',
} as const

/** Those that say how many. */
type Counted = 'newPosts' | 'deletedPosts'

export type ActingMessages = {
  readonly [Name in keyof typeof actingMessages]: Name extends Counted ? Message : string
}

/** A message that can be said as it is. */
export type PlainMessage = Exclude<keyof ActingMessages, Counted>
