import { savesData } from '../savesData.ts'

const calm = '(prefers-reduced-motion: reduce)'

/** False where the visitor wants less motion, or less data. */
export const autoplayIsWelcome = (): boolean => !savesData() && !matchMedia(calm).matches

/** Tells when the visitor's wish about motion changes. */
export const watchAutoplay = (onChange: () => void, signal: AbortSignal): void => {
  matchMedia(calm).addEventListener('change', onChange, { signal })
}
