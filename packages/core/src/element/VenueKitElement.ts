import { adoptStyles } from './adoptStyles.ts'
import type { ElementView } from './ElementView.ts'
import { attributeName, type ElementTable } from './elementProperty.ts'
import { type ElementMessages, failureBox } from './failureBox.ts'
import { HostElement } from './HostElement.ts'
import { hostStyles } from './hostStyles.ts'
import { MountedView } from './MountedView.ts'
import { nearViewport } from './nearViewport.ts'

/** Events that every element emits: they bubble, cross shadow roots, and carry this `detail`. */
export interface ElementEvents {
  'venuekit-ready': Record<string, never>
  'venuekit-error': { code: string; message: string; error: unknown }
}

/**
 * The shell of every VenueKit element: attributes, properties, life cycle. What it shows comes from `mountView`.
 * Until the view is there, the element's own children show, or a skeleton where there are none.
 */
export abstract class VenueKitElement<Events extends ElementEvents = ElementEvents> extends HostElement {
  /** The element's properties; set by `elementWith`, like the attributes that follow from them. */
  static readonly properties: ElementTable = {}
  static readonly observedAttributes: readonly string[] = []
  /** The element's style sheets, as CSS text. */
  static readonly styles: readonly string[] = []

  /** Resolves when the view was mounted first; rejects if that fails. */
  readonly ready: Promise<void>
  readonly #settleReady: { resolve: () => void; reject: (reason: unknown) => void }
  readonly #values = new Map<string, unknown>()
  readonly #changed = new Set<string>()
  readonly #root: ShadowRoot
  readonly #styles: Set<string>
  readonly #fallback: HTMLSlotElement
  #mounted: MountedView | null = null
  #stopWaiting: (() => void) | null = null
  #flushQueued = false
  #destroyed = false

  constructor() {
    super()
    const { promise, resolve, reject } = withResolvers()
    this.ready = promise
    this.#settleReady = { resolve, reject }
    this.#root = this.shadowRoot ?? this.attachShadow({ mode: 'open' })
    this.#styles = new Set([hostStyles, ...this.#class.styles])
    this.adoptedCallback()
    this.#fallback = createFallback(this.ownerDocument)
    this.#root.append(this.#fallback)
    this.#takeEarlyProperties()
  }

  /** Mounts what the element shows. `signal` aborts when the element no longer wants it. */
  protected abstract mountView(root: HTMLElement, signal: AbortSignal): ElementView | Promise<ElementView>

  /** Shows what the element offers; loads it first where it waited. */
  open(): Promise<void> {
    return this.#call('open')
  }

  close(): Promise<void> {
    return this.#call('close')
  }

  /** Reads everything anew; after a failure to load, tries again. */
  async refresh(): Promise<void> {
    if (this.#mounted?.failed) this.#unmount()
    await this.#call('refresh')
  }

  /** Ends the element for good: the view goes, the children show again. */
  destroy(): void {
    this.#destroyed = true
    this.#unmount()
  }

  /** Dispatches an event; false if it is cancelable and somebody cancelled it. */
  emit<Name extends keyof Events & string>(
    name: Name,
    detail: Events[Name],
    { cancelable = false }: { cancelable?: boolean } = {},
  ): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }))
  }

  /** Emits `venuekit-error`. */
  emitError(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    this.emit('venuekit-error', { code: codeOf(error), message, error })
  }

  connectedCallback(): void {
    if (this.#destroyed || this.#mounted || this.#stopWaiting) return
    if (this.#class.properties.loading && this.readProperty('loading') === 'lazy') {
      this.#stopWaiting = nearViewport(this, () => this.#mount())
    } else this.#mount()
  }

  disconnectedCallback(): void {
    // A move in the document disconnects and connects within one task, and must not lose the view.
    setTimeout(() => {
      if (!this.isConnected) this.#unmount()
    })
  }

  /** Sheets belong to the document that made them: one that takes the element over needs its own. */
  adoptedCallback(): void {
    adoptStyles(this.#root, [...this.#styles], this.nonce || undefined)
  }

  /** Adds the style sheets of a part that was loaded later; twice is as good as once. */
  addStyles(styles: readonly string[]): void {
    const { size } = this.#styles
    for (const css of styles) this.#styles.add(css)
    if (this.#styles.size > size) this.adoptedCallback()
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before !== after) this.#change(name)
  }

  /** Used by the accessors that `elementWith` makes. */
  readProperty(name: string): unknown {
    const row = this.#class.properties[name]
    if (row?.attribute) return row.read(this.getAttribute(attributeName(name)))
    return this.#values.get(name) ?? null
  }

  /** Used by the accessors that `elementWith` makes. */
  writeProperty(name: string, value: unknown): void {
    const row = this.#class.properties[name]
    if (!row?.attribute) {
      if (this.readProperty(name) === (value ?? null)) return
      this.#values.set(name, value)
      this.#change(name)
      return
    }
    const text = row.write(value)
    if (text === null) this.removeAttribute(attributeName(name))
    else this.setAttribute(attributeName(name), text)
  }

  get #class(): typeof VenueKitElement {
    return this.constructor as typeof VenueKitElement
  }

  /** Properties set on the bare tag, before this class existed, hide the accessors: take them off and set them. */
  #takeEarlyProperties(): void {
    for (const name of Object.keys(this.#class.properties)) {
      const own = Object.getOwnPropertyDescriptor(this, name)
      if (!own) continue
      Reflect.deleteProperty(this, name)
      this.writeProperty(name, own.value)
    }
  }

  #mount(): void {
    this.#stopWaiting?.()
    this.#stopWaiting = null
    this.#changed.clear()
    const root = this.ownerDocument.createElement('div')
    root.part.add('root')
    root.hidden = true
    this.#root.append(root)
    this.#mounted = new MountedView(root, (element, signal) => this.mountView(element, signal), {
      onMounted: () => this.#show(root),
      onFailed: error => this.#showFailure(root, error),
    })
  }

  #unmount(): void {
    this.#stopWaiting?.()
    this.#stopWaiting = null
    this.#mounted?.end()
    this.#mounted = null
    this.#fallback.hidden = false
  }

  #show(root: HTMLElement): void {
    root.hidden = false
    this.#fallback.hidden = true
    this.#settleReady.resolve()
    this.emit('venuekit-ready', {})
    this.#flush()
  }

  #showFailure(root: HTMLElement, error: unknown): void {
    this.#settleReady.reject(error)
    this.emitError(error)
    const canRetry = codeOf(error) !== 'missing_attribute'
    if (!canRetry) console.error(error)
    if (this.childElementCount > 0) return
    const messages = this.readProperty('messages') as Partial<ElementMessages> | null
    root.replaceChildren(failureBox(this.ownerDocument, { canRetry, messages, retry: () => void this.refresh() }))
    root.hidden = false
    this.#fallback.hidden = true
  }

  #change(attribute: string): void {
    const name = attribute.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
    this.#changed.add(name)
    if (this.#flushQueued) return
    this.#flushQueued = true
    queueMicrotask(() => {
      this.#flushQueued = false
      this.#flush()
    })
  }

  #flush(): void {
    if (!this.#mounted || this.#changed.size === 0) return
    const { properties } = this.#class
    if ([...this.#changed].some(name => properties[name]?.identity)) {
      this.#unmount()
      if (this.isConnected) this.#mount()
      return
    }
    const { view } = this.#mounted
    if (!view) return
    const changed = new Set(this.#changed)
    this.#changed.clear()
    view.update(changed)
  }

  async #call(method: 'open' | 'close' | 'refresh'): Promise<void> {
    if (this.#destroyed) return
    if (this.isConnected && !this.#mounted) this.#mount()
    // A failure was told by an event; a caller that does not wait must not leave an unhandled rejection.
    if (!this.#mounted) await this.ready.catch(() => null)
    const mounted = this.#mounted
    const view = await mounted?.settled
    // A change of identity may have mounted another view meanwhile.
    if (this.#mounted !== mounted) await this.#call(method)
    else await view?.[method]?.()
  }
}

const createFallback = (page: Document): HTMLSlotElement => {
  const slot = page.createElement('slot')
  const skeleton = page.createElement('div')
  skeleton.part.add('skeleton')
  skeleton.ariaHidden = 'true'
  slot.append(skeleton)
  return slot
}

/** A promise that may fail unheard, with its handles. */
const withResolvers = () => {
  let resolve = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  promise.catch(() => {})
  return { promise, resolve, reject }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'internal'
