import type { DeviceStore, StoragePolicy } from '@venuekit/core/element'

/** A store that ends with the tab. Never throws; keeps nothing where the page's policy is `none`. */
export const tabStore = (policy: StoragePolicy): DeviceStore => {
  const attempt = <Result>(work: (storage: Storage) => Result, otherwise: Result): Result => {
    if (policy === 'none') return otherwise
    try {
      return work(globalThis.sessionStorage)
    } catch {
      return otherwise
    }
  }
  return {
    get: key => attempt(storage => storage.getItem(`venuekit:${key}`), null),
    set: (key, value) =>
      attempt(storage => {
        storage.setItem(`venuekit:${key}`, value)
        return true
      }, false),
    remove: key => attempt(storage => storage.removeItem(`venuekit:${key}`), undefined),
  }
}
