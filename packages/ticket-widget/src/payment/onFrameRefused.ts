/** Calls when the page's policy keeps a frame of the payment's from loading; answers how to stop. */
export const onFrameRefused = (place: HTMLElement, call: () => void): (() => void) => {
  const document = place.ownerDocument
  const stopped = new AbortController()
  const refused = ({ disposition, effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) => {
    if (disposition !== 'enforce' || effectiveDirective !== 'frame-src') return
    if (isStripes(blockedURI) || framesIn(place).includes(originOf(blockedURI))) call()
  }
  document.addEventListener('securitypolicyviolation', refused, { signal: stopped.signal })
  return () => stopped.abort()
}

const originOf = (address: string): string => (URL.canParse(address) ? new URL(address).origin : '')

const isStripes = (address: string): boolean => /^https:\/\/([\w-]+\.)*stripe\.com$/.test(originOf(address))

const framesIn = (place: HTMLElement): string[] => [...place.querySelectorAll('iframe')].map(({ src }) => originOf(src))
