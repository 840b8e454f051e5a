import type { Contender, FeedFacts } from './Contender.ts'
import { documented, invalidating } from './queryList.ts'
import { venuekitList } from './venuekitList.ts'
import { widget } from './widget.ts'

const contenders = { widget, venuekitList, documented, invalidating }

export type ContenderName = keyof typeof contenders

/** From the click to the row on the screen. */
interface Painted {
  ms: number
  /** 1 where the next frame after the click shows it. */
  frames: number
}

export interface Scrolled {
  frames: number
  /** Frames after which the next one came more than 16.7 ms later. */
  late: number
}

let contender: Contender
let posted: Element | undefined
let others: Element[] = []

const holds = (text: string) => (row: Element) => row.textContent?.includes(text) === true

/** Rows further down may leave the page as the window moves. */
const isInSight = (row: Element): boolean => {
  const { top, bottom } = row.getBoundingClientRect()
  return bottom > 0 && top < innerHeight / 2
}

const afterPaint = (then: () => void): void => {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = then
  port2.postMessage(null)
}

const open = async (name: ContenderName, facts: FeedFacts): Promise<void> => {
  contender = contenders[name]()
  const place = document.querySelector('main')
  if (place) await contender.open(facts, place)
}

/** Clicks, and looks at every frame whether the row is there. */
const post = (text: string): Promise<Painted> =>
  new Promise(resolve => {
    others = contender.rows().filter(isInSight)
    const button = document.querySelector('button')
    const click = () => {
      const began = performance.now()
      contender.post(text)
      let frames = 0
      const look = () => {
        frames++
        posted = contender.rows().find(holds(text))
        if (posted) afterPaint(() => resolve({ ms: performance.now() - began, frames }))
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    }
    button?.addEventListener('click', click, { once: true })
    // Not always at the same moment of a frame.
    setTimeout(() => button?.click(), Math.random() * 16)
  })

/** Whether the posted row is the element that it was, and those that were in sight are. */
const identity = (text: string) => {
  const rows = new Set(contender.rows())
  return {
    posted: posted !== undefined && rows.has(posted) && holds(text)(posted),
    others: others.every(row => rows.has(row)),
  }
}

const nextFrame = (): Promise<number> => new Promise(resolve => requestAnimationFrame(resolve))

/** Scrolls down the page at 3,000 pixels a second, as long as there is something below, at most four seconds. */
const scroll = async (): Promise<Scrolled> => {
  window.scrollTo(0, 0)
  const began = await nextFrame()
  let before = began
  const result = { frames: 0, late: 0 }
  for (let now = began; now - began < 4000; ) {
    window.scrollTo({ top: ((now - began) / 1000) * 3000, behavior: 'instant' })
    now = await nextFrame()
    result.frames++
    // A frame's own time is 16.67 ms, read with a tenth of a millisecond.
    if (now - before > 16.8) result.late++
    before = now
  }
  return result
}

/** A page of nothing but height: how many frames this machine misses by itself. */
const openEmpty = (): void => {
  document
    .querySelector('main')
    ?.setAttribute('style', 'display: block; height: 20000px; background: linear-gradient(#eee, #333)')
}

export const bench = { open, post, identity, scroll, openEmpty }

Object.assign(window, { bench })
