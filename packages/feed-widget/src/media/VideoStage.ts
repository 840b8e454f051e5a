import { autoplayIsWelcome, watchAutoplay } from './autoplay.ts'

/** A video, as the stage sees it. */
export interface Actor {
  readonly element: Element
  /** It is shown full screen: while it is there nobody else plays. */
  readonly isAlone: boolean
  /** The visitor has not paused it, and the browser has not refused to start it. */
  readonly mayBegin: boolean
  play(): void
  rest(): void
  /** It is near the screen, and may load. */
  come(): void
  /** It is far away, and gives up what it holds. */
  leave(): void
  soundChanged(): void
}

/** So much of a video in sight, or of the screen filled by it, is enough to play it. */
const enough = 0.5
const barely = 0.01
const thresholds = [0, barely, 0.25, enough, 0.75, 1]

/** Which of a page's videos plays: the one most in sight, one at a time, none while the page is hidden. */
export class VideoStage {
  readonly #actors = new Map<Element, Actor>()
  /** How much of each is in sight, from 0 to 1. */
  readonly #sight = new Map<Element, number>()
  /** Where each stopped, in seconds, by the id of its media: it goes on from there, full screen too. */
  readonly positions = new Map<string, number>()
  #watch: StageWatch | null = null
  #current: Actor | null = null
  /** The visitor has started it: it stays as long as anything of it is in sight. */
  #isWanted = false
  #soundOn = false
  #holds = 0

  get soundOn(): boolean {
    return this.#soundOn
  }

  setSound(on: boolean): void {
    if (on === this.#soundOn) return
    this.#soundOn = on
    for (const actor of this.#actors.values()) actor.soundChanged()
  }

  /** What it answers takes the video off the stage again. */
  join(actor: Actor): () => void {
    this.#watch ??= new StageWatch({
      near: (element, isNear) => (isNear ? this.#actors.get(element)?.come() : this.#actors.get(element)?.leave()),
      seen: (element, share) => void this.#sight.set(element, share),
      choose: () => this.#choose(),
    })
    this.#actors.set(actor.element, actor)
    this.#watch.observe(actor.element)
    if (actor.isAlone) this.#choose()
    return () => this.#remove(actor)
  }

  /** The visitor starts that one. */
  take(actor: Actor): void {
    if (this.#current !== actor) this.#current?.rest()
    this.#current = actor
    this.#isWanted = true
  }

  /** Nobody plays who is not alone, until what it answers is called. */
  hold(): () => void {
    this.#holds += 1
    this.#choose()
    return () => {
      this.#holds -= 1
      this.#choose()
    }
  }

  #remove(actor: Actor): void {
    this.#actors.delete(actor.element)
    this.#sight.delete(actor.element)
    this.#watch?.unobserve(actor.element)
    if (this.#current === actor) this.#current = null
    if (this.#actors.size > 0) this.#choose()
    else {
      this.#watch?.end()
      this.#watch = null
    }
  }

  #choose(): void {
    const isHidden = document.visibilityState === 'hidden'
    const next = isHidden ? this.#current : this.#next()
    if (isHidden || next !== this.#current) this.#current?.rest()
    if (next !== this.#current) this.#isWanted = false
    this.#current = next
    const isWelcome = autoplayIsWelcome()
    if (!isWelcome && !this.#isWanted) next?.rest()
    if (!isHidden && next?.mayBegin && isWelcome) next.play()
  }

  /** One that the visitor has paused stays on the stage while it is in sight: nothing else starts for that. */
  #next(): Actor | null {
    const actors = [...this.#actors.values()]
    const alone = actors.findLast(({ isAlone }) => isAlone)
    if (alone || this.#holds > 0) return alone ?? null
    if (this.#current && this.#sightOf(this.#current) >= (this.#isWanted ? barely : enough)) return this.#current
    let best: Actor | null = null
    for (const actor of actors) {
      if (!actor.mayBegin || this.#sightOf(actor) < enough) continue
      if (!best || this.#sightOf(actor) > this.#sightOf(best)) best = actor
    }
    return best
  }

  #sightOf({ element }: Actor): number {
    return this.#sight.get(element) ?? 0
  }
}

interface WatchNews {
  near(element: Element, isNear: boolean): void
  seen(element: Element, share: number): void
  /** Something may have to play or rest now. */
  choose(): void
}

/** What a stage must know of the page; nothing of it stays after `end`. */
class StageWatch {
  readonly #observers: readonly IntersectionObserver[]
  readonly #ended = new AbortController()

  constructor(news: WatchNews) {
    const { signal } = this.#ended
    document.addEventListener('visibilitychange', () => news.choose(), { signal })
    watchAutoplay(() => news.choose(), signal)
    const screens = '100% 0px'
    const near = new IntersectionObserver(
      entries => entries.forEach(({ target, isIntersecting }) => void news.near(target, isIntersecting)),
      { root: document, rootMargin: screens, scrollMargin: screens },
    )
    const sight = new IntersectionObserver(
      entries => {
        for (const entry of entries) news.seen(entry.target, shareOf(entry))
        news.choose()
      },
      { threshold: thresholds },
    )
    this.#observers = [near, sight]
  }

  observe(element: Element): void {
    for (const observer of this.#observers) observer.observe(element)
  }

  unobserve(element: Element): void {
    for (const observer of this.#observers) observer.unobserve(element)
  }

  end(): void {
    for (const observer of this.#observers) observer.disconnect()
    this.#ended.abort()
  }
}

/** A video that is larger than the screen is in sight as much as it fills the screen. */
const shareOf = ({ intersectionRatio, intersectionRect, rootBounds }: IntersectionObserverEntry): number =>
  Math.max(intersectionRatio, rootBounds?.height ? intersectionRect.height / rootBounds.height : 0)

const stageKey = Symbol.for('venuekit.videoStage.1')

/** One stage a page, for all widgets, also those of another bundle. */
export const pageStage = (): VideoStage => {
  const page = globalThis as { [stageKey]?: VideoStage }
  page[stageKey] ??= new VideoStage()
  return page[stageKey]
}
