import { rubberBand, swipeResult } from './swipe.ts'
import { noZoom, type Point, panBy, type Zoom, type ZoomRoom, zoomAt } from './zoom.ts'

/** What the gestures move, and whom they tell. */
export interface GestureTargets {
  /** What slides sideways. */
  track(): HTMLElement | null
  /** What zooms; null where it is no picture. */
  picture(): HTMLElement | null
  /** Whether there is something on that side of the screen. */
  canGo(side: -1 | 1): boolean
  /** The visitor wants what is on that side of the screen. */
  go(side: -1 | 1): void
  close(): void
  zoomed(isZoomed: boolean): void
}

/** A pointer must go so far before it is no click. */
const slop = 8
const doubleTapMs = 300
const doubleTapZoom = 2.5
const dismissDistance = 110
const dismissVelocity = 0.5

type Mode = 'none' | 'press' | 'swipe' | 'pan' | 'pinch' | 'pull'

interface Held extends Point {
  readonly at: number
}

/** Swipes sideways, pulls down to close, pinches, pans and double taps: for fingers, pens and mice alike. */
export class ViewerGestures {
  readonly #surface: HTMLElement
  readonly #targets: GestureTargets
  readonly #ended = new AbortController()
  readonly #pointers = new Map<number, Held>()
  #mode: Mode = 'none'
  #from: Point = { x: 0, y: 0 }
  #velocity: Point = { x: 0, y: 0 }
  #zoom = noZoom
  #lastTap: Held | null = null

  constructor(surface: HTMLElement, targets: GestureTargets) {
    this.#surface = surface
    this.#targets = targets
    const { signal } = this.#ended
    surface.addEventListener('pointerdown', event => this.#down(event), { signal })
    surface.addEventListener('pointermove', event => this.#move(event), { signal })
    surface.addEventListener('pointerup', event => this.#up(event), { signal })
    surface.addEventListener('pointercancel', event => this.#cancel(event), { signal })
    surface.addEventListener('wheel', event => this.#wheel(event), { signal, passive: false })
  }

  get isZoomed(): boolean {
    return this.#zoom.scale > 1
  }

  /** In or out, around the middle. */
  toggleZoom(point: Point = { x: 0, y: 0 }): void {
    const room = this.#room()
    if (room) this.#setZoom(this.isZoomed ? noZoom : zoomAt(noZoom, doubleTapZoom, point, room))
  }

  zoomBy(factor: number, point: Point = { x: 0, y: 0 }): void {
    const room = this.#room()
    if (room) this.#setZoom(zoomAt(this.#zoom, factor, point, room))
  }

  panBy(by: Point): void {
    const room = this.#room()
    if (room) this.#setZoom(panBy(this.#zoom, by, room))
  }

  /** Something else is shown: it begins without zoom. */
  reset(): void {
    this.#zoom = noZoom
    this.#targets.zoomed(false)
  }

  end(): void {
    this.#ended.abort()
  }

  #down(event: PointerEvent): void {
    const isControl = event.target instanceof Element && event.target.closest('button, input, a') !== null
    if (isControl || event.button !== 0 || this.#pointers.size === 2) return
    this.#pointers.set(event.pointerId, { x: event.clientX, y: event.clientY, at: event.timeStamp })
    this.#from = { x: event.clientX, y: event.clientY }
    this.#velocity = { x: 0, y: 0 }
    if (this.#pointers.size === 1) this.#mode = 'press'
    else this.#settle(this.#targets.picture() ? 'pinch' : 'none')
  }

  #move(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId)
    if (!before) return
    const now = { x: event.clientX, y: event.clientY, at: event.timeStamp }
    const [middle, spread] = this.#spread()
    this.#pointers.set(event.pointerId, now)
    this.#velocity = velocityOf(this.#velocity, before, now)
    if (this.#mode === 'press') this.#decide(event)
    if (this.#mode === 'pinch') this.#pinch(middle, spread)
    if (this.#mode === 'pan') this.panBy({ x: now.x - before.x, y: now.y - before.y })
    if (this.#mode === 'swipe') this.#slide(now.x - this.#from.x, 0)
    if (this.#mode === 'pull') this.#slide(0, Math.max(0, now.y - this.#from.y))
  }

  /** What a press becomes once the pointer has gone far enough. */
  #decide(event: PointerEvent): void {
    const x = event.clientX - this.#from.x
    const y = event.clientY - this.#from.y
    if (Math.hypot(x, y) < slop) return
    const isPull = event.pointerType !== 'mouse' && y > Math.abs(x)
    this.#mode = this.isZoomed ? 'pan' : isPull ? 'pull' : 'swipe'
    this.#surface.setPointerCapture(event.pointerId)
    this.#surface.dataset.moving = this.#mode
  }

  #up(event: PointerEvent): void {
    const held = this.#pointers.get(event.pointerId)
    this.#pointers.delete(event.pointerId)
    if (!held) return
    const mode = this.#mode
    const moved = { x: event.clientX - this.#from.x, y: event.clientY - this.#from.y }
    // A finger that stopped before it let go has no speed.
    if (event.timeStamp - held.at > 80) this.#velocity = { x: 0, y: 0 }
    this.#settle('none')
    if (mode === 'press') this.#tap(event)
    if (mode === 'pull' && (moved.y > dismissDistance || this.#velocity.y > dismissVelocity)) this.#targets.close()
    if (mode !== 'swipe') return
    const width = this.#surface.clientWidth
    const side = swipeResult({ distance: moved.x, velocity: this.#velocity.x, width })
    // What comes to the right when it is pulled left stands on the right.
    if (side !== 0 && this.#targets.canGo(side === 1 ? -1 : 1)) this.#targets.go(side === 1 ? -1 : 1)
  }

  #cancel(event: PointerEvent): void {
    this.#pointers.delete(event.pointerId)
    this.#settle('none')
  }

  /** Ends what was under way: what followed the pointer goes back to its place. */
  #settle(mode: Mode): void {
    this.#mode = mode
    delete this.#surface.dataset.moving
    this.#slide(0, 0)
  }

  #tap({ clientX: x, clientY: y, timeStamp: at }: PointerEvent): void {
    const last = this.#lastTap
    this.#lastTap = { x, y, at }
    if (!last || at - last.at > doubleTapMs || Math.hypot(x - last.x, y - last.y) > 30) return
    this.#lastTap = null
    this.toggleZoom(this.#fromMiddle({ x, y }))
  }

  #pinch(middle: Point, spread: number): void {
    const [nowMiddle, nowSpread] = this.#spread()
    if (spread === 0) return
    this.zoomBy(nowSpread / spread, this.#fromMiddle(nowMiddle))
    this.panBy({ x: nowMiddle.x - middle.x, y: nowMiddle.y - middle.y })
  }

  /** A pinch on a trackpad comes as a wheel with the control key. */
  #wheel(event: WheelEvent): void {
    event.preventDefault()
    if (event.ctrlKey)
      this.zoomBy(Math.exp(-event.deltaY / 100), this.#fromMiddle({ x: event.clientX, y: event.clientY }))
    else if (this.isZoomed) this.panBy({ x: -event.deltaX, y: -event.deltaY })
  }

  #slide(x: number, y: number): void {
    const { width, height } = this.#surface.getBoundingClientRect()
    const isEnd = x !== 0 && !this.#targets.canGo(x > 0 ? -1 : 1)
    const style = this.#targets.track()?.style
    style?.setProperty('--_x', `${isEnd ? rubberBand(x, width) : x}px`)
    style?.setProperty('--_y', `${y}px`)
    style?.setProperty('--_fade', String(1 - Math.min(0.6, y / height)))
  }

  #setZoom(zoom: Zoom): void {
    this.#zoom = zoom.scale < 1.02 ? noZoom : zoom
    const { scale, x, y } = this.#zoom
    const style = this.#targets.picture()?.style
    style?.setProperty('transform', scale === 1 ? 'none' : `translate(${x}px, ${y}px) scale(${scale})`)
    this.#targets.zoomed(scale > 1)
  }

  #room(): ZoomRoom | null {
    const picture = this.#targets.picture()
    if (!picture) return null
    const { width, height } = this.#surface.getBoundingClientRect()
    // Without what transforms do.
    return { picture: { width: picture.offsetWidth, height: picture.offsetHeight }, room: { width, height } }
  }

  #fromMiddle({ x, y }: Point): Point {
    const { left, top, width, height } = this.#surface.getBoundingClientRect()
    return { x: x - left - width / 2, y: y - top - height / 2 }
  }

  /** Where two fingers have their middle, and how far apart they are. */
  #spread(): [middle: Point, distance: number] {
    const [one, other] = [...this.#pointers.values()]
    if (!one || !other) return [this.#from, 0]
    return [{ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 }, Math.hypot(one.x - other.x, one.y - other.y)]
  }
}

/** Smoothed: single moves come too unevenly. */
const velocityOf = (before: Point, from: Held, to: Held): Point => {
  const ms = Math.max(1, to.at - from.at)
  const smooth = (old: number, distance: number) => old * 0.4 + (distance / ms) * 0.6
  return { x: smooth(before.x, to.x - from.x), y: smooth(before.y, to.y - from.y) }
}
