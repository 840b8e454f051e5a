import { afterEach, expect, test, vi } from 'vitest'

type Counts = { listeners: string[]; timers: number; intervals: number; observers: number }

/**
 * Counts what is added to anything that outlives a widget, from before its code runs: listeners of all targets but
 * nodes of the widget's own, timers, and observers.
 */
const countLeftovers = () => {
  const listeners = new Map<string, string>()
  const timers = new Set<unknown>()
  const intervals = new Set<unknown>()
  const observers = new Set<unknown>()
  const ids = new WeakMap<object, number>()
  let lastId = 0
  const idOf = (thing: object) => {
    const id = ids.get(thing) ?? ++lastId
    ids.set(thing, id)
    return id
  }
  const outlives = (target: EventTarget) => !(target instanceof Node) || target === document || target === document.body
  const { addEventListener, removeEventListener } = EventTarget.prototype
  const keyOf = (target: EventTarget, type: string, listener: object) => `${idOf(target)} ${type} ${idOf(listener)}`
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const signal = typeof options === 'object' ? options?.signal : undefined
    const isOnce = typeof options === 'object' && options?.once
    if (listener && outlives(this) && !(this instanceof AbortSignal) && !isOnce) {
      const key = keyOf(this, type, listener)
      listeners.set(key, `${this.constructor.name} ${type}`)
      if (signal) addEventListener.call(signal, 'abort', () => void listeners.delete(key))
    }
    addEventListener.call(this, type, listener, options)
  }
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    if (listener) listeners.delete(keyOf(this, type, listener))
    removeEventListener.call(this, type, listener, options)
  }
  for (const Kind of [IntersectionObserver, ResizeObserver, MutationObserver, PerformanceObserver]) {
    const { observe, disconnect } = Kind.prototype as { observe(...rest: unknown[]): void; disconnect(): void }
    Object.assign(Kind.prototype, {
      observe(this: object, ...rest: unknown[]) {
        observers.add(this)
        observe.apply(this as never, rest)
      },
      disconnect(this: object) {
        observers.delete(this)
        disconnect.call(this as never)
      },
    })
  }
  const { setTimeout, clearTimeout, setInterval, clearInterval } = window
  Object.assign(window, {
    setTimeout: (work: (...args: unknown[]) => void, ms?: number, ...args: unknown[]) => {
      const id = setTimeout(() => {
        timers.delete(id)
        work(...args)
      }, ms)
      timers.add(id)
      return id
    },
    clearTimeout: (id: number) => {
      timers.delete(id)
      clearTimeout(id)
    },
    setInterval: (work: () => void, ms?: number) => {
      const id = setInterval(work, ms)
      intervals.add(id)
      return id
    },
    clearInterval: (id: number) => {
      intervals.delete(id)
      clearInterval(id)
    },
  })
  return (): Counts => ({
    listeners: [...listeners.values()].sort(),
    timers: timers.size,
    intervals: intervals.size,
    observers: observers.size,
  })
}

afterEach(() => {
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

test('a hundred mounts and removals leave no listener, no observer and no timer', { timeout: 120_000 }, async () => {
  const left = countLeftovers()
  const before = left()
  const { openFeed } = await import('./testing/openFeed.ts')
  for (let turn = 0; turn < 100; turn++) {
    const feed = await openFeed({ posts: turn % 10 === 0 ? 50 : 2, signedIn: turn % 3 !== 0 })
    await feed.until(() => feed.all('.react').length > 0)
    if (turn % 4 === 0) feed.find('[aria-haspopup]').click()
    if (turn % 8 === 0) await feed.until(() => feed.all('[role=menuitem]').length > 0)
    feed.element.remove()
    await feed.until(() => feed.all('article').length === 0)
  }
  await vi.waitFor(() => expect(left()).toEqual(before), { timeout: 20_000 })
})
