import type { Languages } from '@venuekit/core/element'
import type { Messages } from '../messages.ts'

/** What the widget speaks besides English: one file each, with every text. */
export const languages: Languages<Messages> = {
  ar: () => import('./ar.ts'),
  de: () => import('./de.ts'),
  es: () => import('./es.ts'),
}
