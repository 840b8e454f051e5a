import { composerStyles } from './composerStyles.ts'
import { controlStyles } from './controlStyles.ts'
import { postStyles } from './postStyles.ts'
import { stateStyles } from './stateStyles.ts'
import { themeStyles } from './themeStyles.ts'

/** In the order in which they apply. */
export const styles: readonly string[] = [themeStyles, controlStyles, composerStyles, postStyles, stateStyles]
