import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DemoStack } from '../../examples/host/src/stack.ts'
import { HostSite, tags } from './HostSite.ts'
import { startDemo } from './startDemo.ts'
import { launchChromium, Visitor } from './Visitor.ts'

let site: HostSite
let stack: DemoStack
let browser: Browser

beforeAll(async () => {
  site = await HostSite.open()
  ;[stack, browser] = await Promise.all([startDemo([site.url]), launchChromium()])
})

afterAll(async () => {
  await browser?.close()
  await stack?.[Symbol.asyncDispose]()
  await site?.[Symbol.asyncDispose]()
})

/** Before any script of the page: counts the timers and observers that are at work. */
const countWork = () => {
  const timers = new Set<unknown>()
  const observers = new Set<unknown>()
  Object.assign(window, { atWork: () => ({ timers: timers.size, observers: observers.size }) })
  const { setTimeout: start, clearTimeout: stop, setInterval: repeat, clearInterval: end } = window
  Object.assign(window, {
    setTimeout: (work: (...all: unknown[]) => void, ms?: number, ...all: unknown[]) => {
      const id = start(() => {
        timers.delete(id)
        work(...all)
      }, ms)
      timers.add(id)
      return id
    },
    clearTimeout: (id: number) => {
      timers.delete(id)
      stop(id)
    },
    setInterval: (work: () => void, ms?: number) => {
      const id = repeat(work, ms)
      timers.add(`every ${id}`)
      return id
    },
    clearInterval: (id: number) => {
      timers.delete(`every ${id}`)
      end(id)
    },
  })
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
}

/** What the page holds once its garbage is gone: as Chromium counts it, listeners of all targets included. */
const readPage = async (page: Page) => {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.enable')
  for (let turn = 0; turn < 3; turn++) await session.send('HeapProfiler.collectGarbage')
  const { jsEventListeners: listeners, nodes } = await session.send('Memory.getDOMCounters')
  await session.send('Performance.enable')
  const { metrics } = await session.send('Performance.getMetrics')
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0
  await session.detach()
  const work = await page.evaluate(() =>
    (window as unknown as { atWork(): { timers: number; observers: number } }).atWork(),
  )
  return { listeners, nodes, heap, ...work }
}

for (const [name, html, row] of [
  ['tickets', tags.tickets('loading="eager"'), '[part=tier]'],
  ['the button, opened each time,', tags.button('loading="eager"'), '[part=tier]'],
] as const) {
  test(`a hundred mounts and removals of ${name} leave nothing behind`, { timeout: 300_000 }, async () => {
    const visitor = await Visitor.arrive(browser)
    const { page } = visitor
    await page.addInitScript(countWork)
    await page.goto(site.put('/room', '<main></main>', { head: tags.loader(stack.apiUrl) }))
    const rounds = (count: number) =>
      page.evaluate(
        async ({ count, html, row }) => {
          const main = document.querySelector('main') as HTMLElement
          const frame = () => new Promise(requestAnimationFrame)
          for (let turn = 0; turn < count; turn++) {
            main.innerHTML = html
            const element = main.firstElementChild as HTMLElement & { open(): Promise<void> }
            await customElements.whenDefined(element.localName)
            await element.open()
            const shows = () =>
              (element.shadowRoot?.querySelector('venuekit-tickets') ?? element).shadowRoot?.querySelector(row)
            while (!shows()) await frame()
            element.remove()
            await frame()
          }
          main.replaceChildren()
          await frame()
        },
        { count, html, row },
      )
    // What is made once stays: code, style sheets, formats.
    await rounds(20)
    await page.waitForTimeout(500)
    const before = await readPage(page)
    await rounds(100)
    await page.waitForTimeout(500)
    const after = await readPage(page)
    expect(after.timers).toBeLessThanOrEqual(before.timers)
    expect(after.observers).toBeLessThanOrEqual(before.observers)
    expect(after.listeners).toBeLessThanOrEqual(before.listeners)
    expect(after.nodes).toBeLessThanOrEqual(before.nodes + 20)
    expect((after.heap - before.heap) / 100).toBeLessThan(2_000)
    expect(visitor.complaintsOf(site.url)).toEqual([])
    await visitor.leave()
  })
}
