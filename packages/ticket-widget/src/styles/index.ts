import { formStyles } from './formStyles.ts'
import { stateStyles } from './stateStyles.ts'
import { themeStyles } from './themeStyles.ts'

/** In the order in which they apply. */
export const styles: readonly string[] = [themeStyles, formStyles, stateStyles]
