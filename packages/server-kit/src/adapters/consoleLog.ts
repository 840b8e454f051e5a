import type { Log } from '../ports/log.ts'

const write =
  (level: 'info' | 'warn' | 'error') =>
  (message: string, fields: Record<string, unknown> = {}) =>
    console[level](JSON.stringify({ level, message, ...fields }))

/** One line of JSON an entry. */
export const consoleLog = (): Log => ({ info: write('info'), warn: write('warn'), error: write('error') })
