/** What any element may have to say before its view is there; `messages` overrides it. */
const english = {
  loadFailed: 'This could not be loaded.',
  loadRetry: 'Try again',
  notSetUp: 'This is not available yet.',
}

export type ElementMessages = typeof english

interface Failure {
  /** False where trying again is of no use. */
  canRetry: boolean
  messages: Partial<ElementMessages> | null
  retry: () => void
}

/** In the view's place when it failed to mount. */
export const failureBox = (page: Document, { canRetry, messages, retry }: Failure): HTMLElement => {
  const words = { ...english, ...messages }
  const box = page.createElement('div')
  box.part.add('failed')
  box.style.cssText = 'padding: 1em; text-align: center'
  box.role = 'alert'
  box.append(canRetry ? words.loadFailed : words.notSetUp)
  if (!canRetry) return box
  const button = page.createElement('button')
  button.textContent = words.loadRetry
  button.addEventListener('click', retry)
  box.append(' ', button)
  return box
}
