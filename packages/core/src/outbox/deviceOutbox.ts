import type { OpenOutbox } from '../operations/Outbox.ts'

/**
 * Keeps what was done and not sent yet in IndexedDB, so that it survives a reload. Ask the visitor first: it is storage
 * that the page works without. Loads on demand.
 * @example createSession({ apiUrl, publishableKey, viewer, getToken, outbox: deviceOutbox })
 */
export const deviceOutbox: OpenOutbox = async context =>
  (await import('./openStoredOutbox.ts')).openStoredOutbox(context)
