/** How much may be kept on the device: the live order token alone, drafts and offline posts too, or nothing. */
export type StoragePolicy = 'necessary' | 'all' | 'none'

/** Text by key, kept on the device. Never throws: where keeping fails, it is as if nothing had been kept. */
export interface DeviceStore {
  get(key: string): string | null
  /** False where it was not kept. */
  set(key: string, value: string): boolean
  remove(key: string): void
}

/**
 * A store for what is of that need. Under `necessary`, things of need `optional` are not kept; under `none`, nothing is.
 * What lives as long as the `tab` is gone with it.
 * Blocked storage (Safari, sandboxed frames) throws on mere access: that reads as `none`.
 */
export const deviceStore = (
  policy: StoragePolicy,
  need: 'necessary' | 'optional',
  life: 'device' | 'tab' = 'device',
): DeviceStore => {
  const allowed = policy === 'all' || policy === need
  const attempt = <Result>(work: (storage: Storage) => Result, otherwise: Result): Result => {
    if (!allowed) return otherwise
    try {
      return work(life === 'tab' ? globalThis.sessionStorage : globalThis.localStorage)
    } catch {
      return otherwise
    }
  }
  return {
    get: key => attempt(storage => storage.getItem(prefix + key), null),
    set: (key, value) =>
      attempt(storage => {
        storage.setItem(prefix + key, value)
        return true
      }, false),
    remove: key => attempt(storage => storage.removeItem(prefix + key), undefined),
  }
}

const prefix = 'venuekit:'
