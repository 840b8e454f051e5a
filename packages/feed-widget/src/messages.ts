import type { ElementMessages } from '@venuekit/core/element'
import type { ActingMessages } from './acting/actingMessages.ts'
import type { ComposerMessages } from './composer/composerMessages.ts'
import type { MediaMessages } from './media/mediaMessages.ts'

/** Every text a visitor can read, in English. `{name}` marks a value that is filled in. */
export const englishMessages = {
  feed: 'Posts',
  composerPlaceholder: 'What’s happening?',
  signInPrompt: 'Sign in to post',
  signInNotice: 'Sign in on this site first, then you can post here.',
  now: 'now',
  sending: 'Sending…',
  waiting: 'Waiting for a connection',
  posted: 'Posted',
  postFailed: 'Not posted.',
  retry: 'Try again',
  discarded: 'Discarded',
  pinned: 'Pinned',
  readMore: 'Read more',
  loading: 'Loading posts',
  showMore: 'Show more',
  loadingMore: 'Loading…',
  moreFailed: 'More posts could not be loaded.',
  end: 'You’re all caught up',
  emptyTitle: 'No posts yet',
  emptyInvite: 'Be the first to say something.',
  emptySignedOut: 'When someone posts, you’ll see it here.',
  failedTitle: 'The feed could not be loaded',
  error_network: 'Check your connection.',
  error_timeout: 'The server took too long to answer.',
  error_unauthorized: 'You need to sign in again.',
  error_forbidden: 'That is not allowed here.',
  error_not_found: 'It is not available any more.',
  error_rate_limited: 'Too many requests. Wait a moment.',
  error_payload_too_large: 'It is too long.',
  error_invalid_request: 'The server did not accept it.',
  error_other: 'Something went wrong.',
} as const

export type FeedMessages = { readonly [Name in keyof typeof englishMessages]: string }

/** Every text of the widget, its on-demand parts included. */
export type Messages = FeedMessages & ActingMessages & ComposerMessages & MediaMessages

/** What a host passes to reword the widget: any part of it, and of what it says where it fails to load. */
export type FeedMessageOverrides = Partial<Messages & ElementMessages>

/** The message with its `{name}` marks filled in. */
export const fillMessage = (message: string, values: Readonly<Record<string, string>>): string =>
  message.replace(/\{(\w+)\}/g, (mark, name: string) => values[name] ?? mark)

/** What to tell a visitor about an error `code`; a code without a text of its own reads as "something went wrong". */
export const errorMessage = (messages: FeedMessages, code: string): string => {
  const name = `error_${code}`
  return Object.hasOwn(messages, name) ? messages[name as keyof FeedMessages] : messages.error_other
}
