/** What is used of `navigator.locks`: a script on Node has no name for the type of the whole. */
interface PageLocks {
  request(name: string, options: { signal: AbortSignal }, hold: () => Promise<void>): Promise<unknown>
}

/** What live updates need of the page around them. */
export interface LiveSurroundings {
  /** Null where there are none: then nobody can be elected, and everybody polls. */
  readonly locks: PageLocks | null
  /** Null where tabs cannot speak to each other. */
  openChannel: ((name: string) => InstanceType<typeof BroadcastChannel>) | null
  isVisible(): boolean
  /** Calls after `isVisible` may have changed; answers how to stop. */
  watchVisible(listener: () => void): () => void
}

/** Of a document that is looked at; elsewhere nothing is ever visible, and nothing runs. */
export const pageSurroundings = (): LiveSurroundings => ({
  // Plain http has none.
  locks: globalThis.navigator?.locks ?? null,
  openChannel: typeof BroadcastChannel === 'undefined' ? null : name => new BroadcastChannel(name),
  isVisible: () => globalThis.document?.visibilityState === 'visible',
  watchVisible: listener => {
    globalThis.document?.addEventListener('visibilitychange', listener)
    return () => globalThis.document?.removeEventListener('visibilitychange', listener)
  },
})
