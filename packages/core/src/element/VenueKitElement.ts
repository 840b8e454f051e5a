import type { ElementBody, ElementMethod, ElementStage } from './ElementBody.ts'
import { HostElement } from './HostElement.ts'
import { hostStyles } from './hostStyles.ts'
import { nearViewport } from './nearViewport.ts'

/** Events that every element emits: they bubble, cross shadow roots, and carry this `detail`. */
export interface ElementEvents {
  'venuekit-ready': Record<string, never>
  'venuekit-error': { code: string; message: string; error: unknown }
}

/**
 * The shell of every VenueKit element: attributes, properties, methods, and what shows until its view is there: its own
 * children, or a skeleton where there are none. Views are the body's, which `loadBody` brings: at once in the package,
 * over the network in the script-tag edition, whose loader carries this file and has to stay small.
 */
export abstract class VenueKitElement<Events extends ElementEvents = ElementEvents> extends HostElement {
  /** Resolves when the view was mounted first; rejects if that fails. */
  readonly ready: Promise<void>
  /** Properties that no attribute carries; `shellWith` makes the accessors. */
  protected readonly values: Record<string, unknown> = {}
  protected body: ElementBody | null = null
  #stage!: ElementStage
  #loading: Promise<void> | null = null
  #stopWaiting: (() => void) | null = null
  #destroyed = false

  constructor() {
    super()
    const slot = this.ownerDocument.createElement('slot')
    this.ready = new Promise((resolveReady, rejectReady) => {
      this.#stage = { slot, styles: hostStyles, resolveReady, rejectReady }
    })
    // An event tells of a failure: nobody has to wait for this as well.
    this.ready.catch(() => {})
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
    root.append(slot)
    this.#showInstead('div', 'skeleton')
    try {
      const sheet = new CSSStyleSheet()
      sheet.replaceSync(hostStyles)
      root.adoptedStyleSheets = [sheet]
    } catch {
      // An old browser, or another window's document: the body knows other ways.
    }
  }

  /** Brings what mounts views; called again after it failed. */
  protected abstract loadBody(stage: ElementStage): ElementBody | Promise<ElementBody>

  /** Whether the view may wait until the element comes near the screen. */
  protected isLazy(): boolean {
    return this.getAttribute('loading') === 'lazy'
  }

  /** Shows what the element offers; loads it first where it waited. */
  open(): Promise<void> {
    return this.#call('open')
  }

  close(): Promise<void> {
    return this.#call('close')
  }

  /** Reads everything anew; after a failure to load, tries again. */
  refresh(): Promise<void> {
    return this.#call('refresh')
  }

  /** Ends the element for good: the view goes, the children show again. */
  destroy(): void {
    this.#destroyed = true
    this.#end()
  }

  /** Dispatches an event; false if it is cancelable and somebody cancelled it. */
  emit<Name extends keyof Events & string>(name: Name, detail: Events[Name], options?: EventInit): boolean {
    return this.dispatchEvent(new CustomEvent(name, { bubbles: true, composed: true, ...options, detail }))
  }

  /** Emits `venuekit-error`. */
  emitError(error: unknown): void {
    const { code = 'internal', message = String(error) } = Object(error) as { code?: string; message?: string }
    this.emit('venuekit-error', { code, message, error })
  }

  /** Adds the style sheets of a part that was loaded later; twice is as good as once. */
  addStyles(styles: readonly string[]): void {
    this.body?.addStyles(styles)
  }

  connectedCallback(): void {
    if (this.#destroyed) return
    if (this.body) this.body.connect()
    else if (this.#loading || !this.isLazy()) void this.#load()
    else {
      this.#stopWaiting?.()
      this.#stopWaiting = nearViewport(this, () => void this.#load())
    }
  }

  disconnectedCallback(): void {
    // A move in the document disconnects and connects within one task, and must not lose the view.
    setTimeout(() => {
      if (!this.isConnected) this.#end()
    })
  }

  #load(): Promise<void> {
    this.#stopWaiting?.()
    this.#loading ??= this.#bringBody()
    return this.#loading
  }

  async #bringBody(): Promise<void> {
    try {
      const body = await this.loadBody(this.#stage)
      if (this.#destroyed) return
      this.body = body
      if (this.isConnected) body.connect()
    } catch (error) {
      this.#loading = null
      this.#stage.rejectReady(error)
      this.emitError(error)
      const button = this.#showInstead('button', 'retry')
      button.textContent = (this.values.messages as { loadRetry?: string } | undefined)?.loadRetry ?? 'Try again'
      button.onclick = () => {
        this.#showInstead('div', 'skeleton')
        void this.#load()
      }
    }
  }

  #end(): void {
    this.#stopWaiting?.()
    this.body?.disconnect()
  }

  async #call(method: ElementMethod): Promise<void> {
    if (this.#destroyed) return
    // A failure was told by an event; a caller that does not wait must not leave an unhandled rejection.
    if (this.isConnected) await this.#load()
    else await this.ready.catch(() => null)
    await this.body?.call(method)
  }

  /** Shows an element of that name and part where the widget has no children of its own. */
  #showInstead(name: 'div' | 'button', part: string): HTMLElement {
    const element = this.ownerDocument.createElement(name)
    element.part.value = part
    this.#stage.slot.replaceChildren(element)
    return element
  }
}
