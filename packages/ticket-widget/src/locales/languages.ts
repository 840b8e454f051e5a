import type { Languages } from '@venuekit/core/element'
import type { Messages } from '../messages.ts'

/** What the widget speaks besides English: one file each, with every text. */
export const languages: Languages<Messages> = {
  de: () => import('./de.ts'),
}
