import type { GetToken, Session, Viewer } from '@venuekit/core'
import type { Post } from '@venuekit/core/contracts'
import { choice, type ElementEvents, type ElementHost, identity, text, value } from '@venuekit/core/element'
import type { FeedMessageOverrides } from './messages.ts'

/** The element's tag. */
export const tag = 'venuekit-feed'

/** Properties and, in dashes, attributes of `<venuekit-feed>`; those of `value` have no attribute. */
export const properties = {
  /** Address of the VenueKit API, such as `https://api.example`. */
  apiUrl: identity(text),
  /** `vk_pub_…`: names the venue and the origins it may be used from. */
  publishableKey: identity(text),
  feedId: identity(text),
  /** BCP 47; the nearest `lang` and the browser's languages otherwise. */
  locale: text,
  theme: choice('auto', 'light', 'dark'),
  storage: choice('necessary', 'all', 'none'),
  /** `lazy` waits until the element comes near the screen. */
  loading: choice('eager', 'lazy'),
  /**
   * A VenueKit or session of the page's own, instead of `apiUrl`, `publishableKey` and `getToken`: the page's screens
   * and the widget show the same posts, and its viewer is the widget's.
   */
  client: identity(value<Session | { readonly session: Session }>()),
  /** Gives the signed-in viewer's token for the API; null where nobody is signed in. */
  getToken: value<GetToken>(),
  /** Who is signed in; without one the feed can be read and not written. */
  viewer: value<Viewer>(),
  /** Rewords the widget. */
  messages: value<FeedMessageOverrides>(),
} as const

/** Events of `<venuekit-feed>` and their details. All bubble and cross shadow roots. */
export interface FeedEvents extends ElementEvents {
  /** The server has taken a post of this visitor. */
  'venuekit-post-created': { post: Post }
  'venuekit-post-deleted': { postId: string }
  /** Cancelable. A visitor wants to do what needs a viewer; uncancelled, the widget shows a notice. */
  'venuekit-auth-required': { action: 'create' | 'delete' | 'react' | 'pin' | 'report' }
}

/** The element as its inside sees it. */
export type FeedHost = ElementHost<typeof properties, FeedEvents>

/** What `::part()` reaches. */
export const parts = [
  'feed',
  'composer',
  'composer-text',
  'count',
  'attach-button',
  'attachments',
  'attachment',
  'attachment-preview',
  'attachment-text',
  'attachment-problem',
  'upload-progress',
  'sign-in',
  'list',
  'post',
  'avatar',
  'author',
  'time',
  'badge',
  'text',
  'link',
  'media',
  'media-button',
  'media-notice',
  'video',
  'video-controls',
  'play-button',
  'sound-button',
  'progress',
  'duration',
  'viewer',
  'counter',
  'caption',
  'close-button',
  'problem',
  'gap',
  'loading',
  'empty',
  'error',
  'end',
  'button',
  'post-button',
  'more-button',
  'new-posts-button',
  'react-button',
  'menu-button',
  'menu',
  'menu-item',
  'dialog',
  'offline',
  'bar',
  'undo-button',
] as const

/** Custom properties that the look is made of. */
export const customProperties = [
  '--vk-font-family',
  '--vk-font-size',
  '--vk-accent',
  '--vk-on-accent',
  '--vk-text',
  '--vk-text-muted',
  '--vk-surface',
  '--vk-surface-sunken',
  '--vk-border',
  '--vk-border-strong',
  '--vk-danger',
  '--vk-reaction',
  '--vk-sticky-top',
  '--vk-radius',
  '--vk-skeleton-height',
] as const
