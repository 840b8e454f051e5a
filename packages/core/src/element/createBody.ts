import { adoptStyles } from './adoptStyles.ts'
import { propertyName } from './attributeName.ts'
import type { ElementBody, ElementMethod, ElementStage } from './ElementBody.ts'
import type { ElementDefinition, ElementHost } from './ElementDefinition.ts'
import type { ElementView } from './ElementView.ts'
import type { ElementTable } from './elementProperty.ts'
import { type ElementMessages, failureBox } from './failureBox.ts'
import { outwards } from './locale.ts'
import { MissingAttribute } from './MissingAttribute.ts'
import { MountedView } from './MountedView.ts'
import { Translation } from './Translation.ts'
import type { ElementEvents, VenueKitElement } from './VenueKitElement.ts'

/** What brings an element's body, once its code is there. */
export type CreateBody = (host: VenueKitElement, stage: ElementStage) => ElementBody

/** Makes the bodies of the elements with that definition. */
export const createBody =
  <Table extends ElementTable, Events extends ElementEvents, Messages extends object>(
    definition: ElementDefinition<Table, Events, Messages>,
  ): CreateBody =>
  (host, stage) =>
    // The shell was made from the same table, or its attributes and accessors would be others.
    new Body(definition, host as unknown as ElementHost<Table, Events>, stage)

class Body<Table extends ElementTable, Events extends ElementEvents, Messages extends object> implements ElementBody {
  readonly #definition: ElementDefinition<Table, Events, Messages>
  readonly #host: ElementHost<Table, Events>
  readonly #stage: ElementStage
  readonly #styles: Set<string>
  readonly #changed = new Set<string>()
  readonly #attributes = new MutationObserver(records => this.#takeChanges(records))
  #document: Document | null = null
  #mounted: MountedView | null = null
  #translation: Translation<Messages> | null = null

  constructor(
    definition: ElementDefinition<Table, Events, Messages>,
    host: ElementHost<Table, Events>,
    stage: ElementStage,
  ) {
    this.#definition = definition
    this.#host = host
    this.#stage = stage
    this.#styles = new Set([stage.styles, ...definition.styles])
  }

  connect(): void {
    // Sheets belong to the document that made them: one that takes the element over needs its own.
    if (this.#document !== this.#host.ownerDocument) this.#adoptStyles()
    this.#observe()
    if (this.#mounted) {
      // It was moved, maybe to where another language is spoken.
      this.change('lang')
      return
    }
    const root = this.#host.ownerDocument.createElement('div')
    root.part.add('root')
    root.hidden = true
    this.#shadow.append(root)
    this.#mounted = new MountedView(root, (element, signal) => this.#mountView(element, signal), {
      onMounted: () => this.#show(root),
      onFailed: error => this.#showFailure(root, error),
    })
  }

  disconnect(): void {
    this.#attributes.disconnect()
    this.#translation?.end()
    this.#mounted?.end()
    this.#mounted = null
    this.#stage.slot.hidden = false
    this.#stage.slot.name = ''
  }

  addStyles(styles: readonly string[]): void {
    const { size } = this.#styles
    for (const css of styles) this.#styles.add(css)
    if (this.#styles.size === size) return
    this.#adoptStyles()
    // A part has loaded, and what failed to load before may do so now.
    void this.#translation?.follow()
  }

  change(property: string): void {
    this.#changed.add(property)
    // Many changes in one turn reach the view as one.
    queueMicrotask(() => this.#flush())
  }

  async call(method: ElementMethod): Promise<void> {
    if (method === 'refresh') {
      if (this.#mounted?.failed) this.disconnect()
      void this.#translation?.follow()
    }
    if (this.#host.isConnected && !this.#mounted) this.connect()
    const mounted = this.#mounted
    const view = await mounted?.settled
    // A change of identity may have mounted another view meanwhile.
    if (this.#mounted !== mounted) await this.call(method)
    else await view?.[method]?.()
  }

  #adoptStyles(): void {
    this.#document = this.#host.ownerDocument
    adoptStyles(this.#shadow, [...this.#styles], this.#host.nonce || undefined)
  }

  async #mountView(root: HTMLElement, signal: AbortSignal): Promise<ElementView> {
    // What changed until now, the view will see.
    this.#attributes.takeRecords()
    this.#changed.clear()
    const { languages = {} } = this.#definition
    this.#translation = new Translation(this.#host, languages, () => this.change('words'))
    const translated = this.#translation.follow()
    const view = await this.#definition.mountView(this.#host, root, this.#translation, signal)
    await translated
    return view
  }

  /** What the element says of itself, and what is said around it of the language. */
  #observe(): void {
    this.#takeChanges(this.#attributes.takeRecords())
    this.#attributes.disconnect()
    const options = { attributeFilter: ['lang'], attributeOldValue: true }
    for (const around of outwards(this.#host)) this.#attributes.observe(around, options)
    this.#attributes.observe(this.#host, { attributes: true, attributeOldValue: true })
  }

  /** An attribute that was set to what it was is no change. */
  #takeChanges(records: MutationRecord[]): void {
    for (const { attributeName: name, oldValue, target } of records) {
      const property = propertyName(name ?? '')
      if (!(property in this.#definition.properties || property === 'lang' || property === 'dir')) continue
      if ((target as Element).getAttribute(name ?? '') !== oldValue) this.#changed.add(property)
    }
    this.#flush()
  }

  get #shadow(): ShadowRoot {
    // Open, and made by the shell's constructor.
    return this.#host.shadowRoot as ShadowRoot
  }

  #show(root: HTMLElement): void {
    root.hidden = false
    this.#stage.slot.hidden = true
    // A view that shows the children in a slot of its own gets them.
    this.#stage.slot.name = 'instead'
    this.#stage.resolveReady()
    this.#host.emit('venuekit-ready', {})
    this.#flush()
  }

  #showFailure(root: HTMLElement, error: unknown): void {
    this.#stage.rejectReady(error)
    this.#host.emitError(error)
    const canRetry = !(error instanceof MissingAttribute)
    if (!canRetry) console.error(error)
    if (this.#host.childElementCount > 0) return
    const messages = Reflect.get(this.#host, 'messages') as Partial<ElementMessages> | null
    root.replaceChildren(
      failureBox(this.#host.ownerDocument, { canRetry, messages, retry: () => void this.#host.refresh() }),
    )
    root.hidden = false
    this.#stage.slot.hidden = true
  }

  #flush(): void {
    if (!this.#mounted || this.#changed.size === 0) return
    const { properties } = this.#definition
    if ([...this.#changed].some(name => properties[name]?.identity)) {
      this.disconnect()
      if (this.#host.isConnected) this.connect()
      return
    }
    const { view } = this.#mounted
    if (!view) return
    if (['locale', 'lang', 'messages'].some(name => this.#changed.has(name))) void this.#translation?.follow()
    const changed = new Set(this.#changed)
    this.#changed.clear()
    view.update(changed)
  }
}
