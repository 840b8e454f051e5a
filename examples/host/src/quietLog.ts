import type { Log } from '@venuekit/server-kit'

/** Says what went wrong and leaves out what went well: the demo's terminal is for people. */
export const quietLog = (): Log => ({
  info: () => {},
  warn: (message, fields) => console.warn(`warning: ${message}`, fields ?? ''),
  error: (message, fields) => console.error(`error: ${message}`, fields ?? ''),
})
