import { vi } from 'vitest'
import { cdp } from 'vitest/browser'

interface DevTools {
  send(method: string, parameters: object): Promise<unknown>
}

/** Chromium's own switch, as the visitor's system would set it. */
export const wishForLessMotion = (wish: boolean): Promise<unknown> =>
  (cdp() as unknown as DevTools).send('Emulation.setEmulatedMedia', {
    features: [{ name: 'prefers-reduced-motion', value: wish ? 'reduce' : '' }],
  })

/** Undone by `vi.restoreAllMocks`. */
export const wishToSaveData = (): void => {
  const connection = { saveData: true }
  vi.spyOn(navigator as Navigator & { connection: object }, 'connection', 'get').mockReturnValue(connection)
}

/** As where the visitor looks at another tab. */
export const hidePage = (isHidden: boolean): void => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(isHidden ? 'hidden' : 'visible')
  document.dispatchEvent(new Event('visibilitychange'))
}
