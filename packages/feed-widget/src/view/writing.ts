import { forgetText } from '../composer/keptText.ts'
import { Composer } from './Composer.tsx'
import type { Writing } from './feedContext.ts'

/** What only a signed-in viewer needs; loaded when there is one. */
export const writing: Writing = { Composer, forgetText }
