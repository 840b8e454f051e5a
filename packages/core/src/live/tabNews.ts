import type { LiveMessage } from '../contracts/live.ts'
import type { Wants } from './Wants.ts'

/** What tabs of one browser tell each other. It is the same for every viewer. */
export type TabNews =
  /** To who reads: what that tab wants, all of it; `after` is where it stands, null where some of it is new to it. */
  | { readonly type: 'want'; readonly tab: string; readonly wants: Wants; readonly after: string | null }
  /** To who reads: that tab wants nothing any more. */
  | { readonly type: 'gone'; readonly tab: string }
  /** By who reads: tell me what you want. */
  | { readonly type: 'who' }
  /** By who reads: what the stream covers just now. */
  | { readonly type: 'covered'; readonly wants: Wants }
  | { readonly type: 'message'; readonly message: LiveMessage }
  /** By who reads: everything up to there was told. */
  | { readonly type: 'cursor'; readonly cursor: string }
