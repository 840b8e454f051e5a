import type { ElementView } from './ElementView.ts'

type MountView = (root: HTMLElement, signal: AbortSignal) => ElementView | Promise<ElementView>

interface Listeners {
  onMounted(): void
  onFailed(error: unknown): void
}

/** One life of a view in its element: being mounted, there, failed, or ended. */
export class MountedView {
  /** The view once it is there. */
  view: ElementView | null = null
  failed = false
  /** Never rejects: null where the view failed to mount or ended before. */
  readonly settled: Promise<ElementView | null>
  readonly #controller = new AbortController()
  readonly #root: HTMLElement

  constructor(root: HTMLElement, mountView: MountView, listeners: Listeners) {
    this.#root = root
    this.settled = this.#start(mountView, listeners)
  }

  end(): void {
    if (this.#controller.signal.aborted) return
    this.#controller.abort()
    this.view?.destroy()
    this.view = null
    this.#root.remove()
  }

  async #start(mountView: MountView, listeners: Listeners): Promise<ElementView | null> {
    const { signal } = this.#controller
    // After the turn, so that properties set right after creation are seen by the first mount.
    await null
    try {
      if (signal.aborted) return null
      const view = await mountView(this.#root, signal)
      if (signal.aborted) {
        view.destroy()
        return null
      }
      this.view = view
    } catch (error) {
      if (signal.aborted) return null
      this.failed = true
      listeners.onFailed(error)
      return null
    }
    listeners.onMounted()
    return this.view
  }
}
