import { savesData } from '../savesData.ts'
import { type Actor, pageStage } from './VideoStage.ts'

export interface PlayerState {
  readonly phase: 'resting' | 'playing' | 'failed'
  /** It is on, and waits for data. */
  readonly isWaiting: boolean
  readonly soundOn: boolean
}

interface PlayerOptions {
  video: HTMLVideoElement
  mediaId: string
  source: string
  /** Shown full screen. */
  isAlone: boolean
  onChange: (state: PlayerState) => void
  /** It has given up what it held; it loads from its source again when it comes near. */
  onFreed: () => void
}

export const restingState: PlayerState = { phase: 'resting', isWaiting: false, soundOn: false }

/** One `<video>`: plays when the page's stage or its visitor says so, and holds data only near the screen. */
export class VideoPlayer implements Actor {
  readonly element: HTMLVideoElement
  readonly isAlone: boolean
  readonly #options: PlayerOptions
  readonly #stage = pageStage()
  readonly #ended = new AbortController()
  readonly #leaveStage: () => void
  #source: string
  #isHeld = false
  #isRefused = false
  #state = restingState

  constructor(options: PlayerOptions) {
    this.#options = options
    this.#source = options.source
    this.element = options.video
    this.isAlone = options.isAlone
    this.#listen()
    this.soundChanged()
    if (this.isAlone) this.come()
    this.#leaveStage = this.#stage.join(this)
  }

  get mayBegin(): boolean {
    return !this.#isHeld && !this.#isRefused && this.#state.phase !== 'failed'
  }

  /** Takes effect when it loads the next time. */
  setSource(source: string): void {
    this.#source = source
  }

  /** The visitor wants it to play or to stop: it keeps to that. */
  toggle(): void {
    this.#isHeld = !this.element.paused
    if (this.#isHeld) this.element.pause()
    else this.#begin()
  }

  toggleSound(): void {
    this.#stage.setSound(!this.#stage.soundOn)
    navigator.vibrate?.(10)
  }

  /** To a place of the video, in seconds. */
  seek(seconds: number): void {
    this.#load()
    this.element.currentTime = seconds
  }

  retry(): void {
    this.#isHeld = false
    this.#free()
    this.#set({ phase: 'resting', isWaiting: false })
    this.#begin()
  }

  #begin(): void {
    this.#isRefused = false
    this.#stage.take(this)
    this.play()
  }

  play(): void {
    this.#load()
    if (!this.element.paused) return
    this.element.play().catch((error: unknown) => this.#refuse(error))
  }

  rest(): void {
    if (!this.element.paused) this.element.pause()
  }

  come(): void {
    if (!savesData()) this.#load()
  }

  #load(): void {
    const { element } = this
    if (element.hasAttribute('src')) return
    // With a poster there is something to see without a byte of the video.
    element.preload = element.poster === '' ? 'metadata' : 'none'
    element.src = this.#source
    const position = this.#stage.positions.get(this.#options.mediaId) ?? 0
    if (position > 0) element.currentTime = position
  }

  leave(): void {
    if (!this.element.hasAttribute('src') || this.isAlone) return
    this.#free()
    this.#options.onFreed()
  }

  soundChanged(): void {
    const { soundOn } = this.#stage
    this.element.muted = !soundOn
    this.#set({ soundOn })
  }

  end(): void {
    this.#ended.abort()
    this.#leaveStage()
    if (this.element.hasAttribute('src')) this.#free()
    this.#options.onFreed()
  }

  /** Without a source and loaded anew, the browser lets go of its decoder and of what it has fetched. */
  #free(): void {
    const { element } = this
    this.#stage.positions.set(this.#options.mediaId, element.currentTime)
    element.pause()
    element.removeAttribute('src')
    element.load()
  }

  /** Sound that the browser does not allow yet goes; without sound it may still not start by itself. */
  #refuse(error: unknown): void {
    if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return
    if (this.#stage.soundOn) {
      this.#stage.setSound(false)
      this.play()
    } else {
      this.#isRefused = true
      this.#set({ phase: 'resting', isWaiting: false })
    }
  }

  #listen(): void {
    const { element } = this
    const on = (names: readonly string[], change: () => Partial<PlayerState>) => {
      for (const name of names) {
        element.addEventListener(name, () => this.#set(change()), { signal: this.#ended.signal })
      }
    }
    on(['play'], () => ({ phase: 'playing', isWaiting: element.readyState < element.HAVE_FUTURE_DATA }))
    on(['waiting'], () => ({ isWaiting: !element.paused }))
    on(['playing'], () => ({ phase: 'playing', isWaiting: false }))
    // After an error comes a pause, which is no rest.
    on(['pause', 'emptied', 'error'], () => ({ phase: element.error ? 'failed' : 'resting', isWaiting: false }))
  }

  #set(change: Partial<PlayerState>): void {
    const next = { ...this.#state, ...change }
    const isSame = Object.keys(next).every(name => isEqualAt(next, this.#state, name))
    if (isSame || this.#ended.signal.aborted) return
    this.#state = next
    this.#options.onChange(next)
  }
}

const isEqualAt = (one: PlayerState, other: PlayerState, name: string): boolean =>
  one[name as keyof PlayerState] === other[name as keyof PlayerState]
