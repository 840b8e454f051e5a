/**
 * Takes the whole window to a page of the gateway's, out of any frame. A frame that may not do so goes there itself.
 * Answers false, and goes nowhere, for anything but a web address.
 */
export const leavePage = (url: string, from: Window = window): boolean => {
  if (!/^https?:\/\//i.test(url)) return false
  try {
    // Of another origin's window the address can be set, and nothing else be called.
    ;(from.top ?? from).location.href = url
  } catch {
    from.location.assign(url)
  }
  return true
}
