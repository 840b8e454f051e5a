import { createClient, createId } from '@venuekit/core'
import {
  attributeName,
  deviceStore,
  type ElementView,
  resolveLocale,
  shareClient,
  type Translation,
} from '@venuekit/core/element'
import { render } from 'preact'
import type { TicketsHost } from './api.ts'
import type { OrderMemory } from './checkout/orderMemory.ts'
import { firstState, unusable } from './flow/firstState.ts'
import type { FlowListeners, FlowWorld, TicketClient } from './flow/flowWorld.ts'
import { type Flow, runFlow } from './flow/runFlow.ts'
import { createFocusKeeper, type FocusKeeper } from './focus.ts'
import { english, type Messages } from './messages.ts'
import { createMoneyFormat } from './money.ts'
import { mayHoldOrder, type OrderPlaces } from './orderPlaces.ts'
import { createText } from './text.ts'
import { createTimeFormat } from './time.ts'
import { Card } from './view/Card.tsx'
import type { CheckoutPart, Ui } from './view/Ui.ts'
import { laterWatch, type TicketsWatch } from './watch/laterWatch.ts'

/** Mounts the widget; an order that is waiting somewhere is read before anything shows. */
export const mountTickets = async (
  element: TicketsHost,
  root: HTMLElement,
  translation: Translation<Messages>,
): Promise<ElementView> => {
  const places = placesOf(element, element.ownerDocument.defaultView ?? window)
  const checkout = mayHoldOrder(places) ? (await importCheckout()).checkout : null
  return new TicketsView(element, root, places, checkout, translation)
}

/** Joins the element, its flow and what is painted: one life of the widget. */
class TicketsView implements ElementView {
  readonly #element: TicketsHost
  readonly #root: HTMLElement
  readonly #window: Window
  readonly #places: OrderPlaces
  readonly #world: FlowWorld
  readonly #flow: Flow
  readonly #focus: FocusKeeper
  readonly #release: () => void
  readonly #watch = laterWatch(() => this.#loadWatch())
  readonly #translation: Translation<Messages>
  #checkout: CheckoutPart | null = null
  #ui: Ui

  constructor(
    element: TicketsHost,
    root: HTMLElement,
    places: OrderPlaces,
    checkout: CheckoutPart | null,
    translation: Translation<Messages>,
  ) {
    this.#element = element
    this.#root = root
    this.#places = places
    this.#translation = translation
    this.#window = element.ownerDocument.defaultView ?? window
    this.#focus = createFocusKeeper(root)
    const { client, release } = clientOf(element)
    this.#release = release
    this.#world = this.#createWorld(client)
    this.#ui = this.#createUi()
    const missing = missingOf(element)
    const found = (checkout && !missing && this.#add(checkout).memory.read()) || null
    this.#flow = runFlow({
      world: this.#world,
      initial: missing ? unusable : checkout && found ? checkout.foundState(found) : firstState,
      onState: () => this.#paint(),
      loadRules: async () => this.#add((await importCheckout()).checkout).checkout,
    })
    this.#window.addEventListener('pageshow', this.#onPageShow)
    // The hand on its way to the first ticket is time enough to have the rest.
    for (const sign of ['pointerover', 'focusin']) root.addEventListener(sign, prefetchCheckout, { once: true })
    this.#flow.start()
    this.#paint()
    if (missing) element.emitError(new Error(`<venuekit-tickets> needs ${missing}`))
    // Back from the gateway: the widget may stand far below the fold.
    if (found && found.cause !== 'stored') {
      this.#window.requestAnimationFrame(() => root.scrollIntoView({ block: 'nearest' }))
    }
  }

  update(changed: ReadonlySet<string>): void {
    if (['words', 'locale', 'lang', 'dir', 'messages'].some(name => changed.has(name))) this.#ui = this.#createUi()
    this.#paint(false)
  }

  refresh(): Promise<void> {
    return this.#flow.refresh()
  }

  destroy(): void {
    this.#window.removeEventListener('pageshow', this.#onPageShow)
    this.#watch.stop()
    this.#flow.stop()
    this.#release()
    render(null, this.#root)
  }

  /** The back button may bring the page back as it was left: on its way to the gateway. */
  readonly #onPageShow = (event: PageTransitionEvent) => {
    if (event.persisted) this.#flow.dispatch({ type: 'cameBack' })
  }

  #paint(isNews = true): void {
    this.#focus.before()
    render(<Card ui={this.#ui} state={this.#flow.state} />, this.#root)
    this.#focus.after(isNews)
    this.#watch.show(this.#flow.state)
  }

  async #loadWatch(): Promise<TicketsWatch> {
    const { watchTickets } = await import('./watch/watchTickets.ts')
    return watchTickets(this.#element, this.#places, this.#world.client, this.#flow.dispatch)
  }

  #createWorld(client: TicketClient): FlowWorld {
    const { location } = this.#window
    return {
      client,
      eventId: this.#element.eventId ?? '',
      memory: null,
      returnUrl: () => new URL(this.#element.returnUrl ?? location.href, location.href).href,
      locale: () => new Intl.Locale(resolveLocale(this.#element)).baseName,
      pageUrl: location.href,
      challenge: () => this.#element.getChallenge?.() ?? null,
      navigate: this.#element.navigate,
      embedIn: this.#element.payment === 'embedded' ? this.#element : null,
      now: () => Date.now(),
      after(milliseconds: number, call: () => void) {
        const timer = setTimeout(call, milliseconds)
        return () => clearTimeout(timer)
      },
      tell: listenersOf(this.#element),
    }
  }

  /** Takes the checkout in: its words, its look, and the memory of orders. */
  #add(checkout: CheckoutPart): { checkout: CheckoutPart; memory: OrderMemory } {
    this.#element.addStyles(checkout.styles)
    this.#checkout = checkout
    this.#ui = this.#createUi()
    const memory = this.#world.memory ?? checkout.createMemory(this.#places)
    this.#world.memory = memory
    return { checkout, memory }
  }

  #createUi(): Ui {
    const { locale, direction, messages } = this.#translation
    this.#root.lang = locale
    this.#root.dir = direction
    return {
      locale,
      text: createText(locale, { ...english, ...this.#checkout?.messages, ...messages, ...this.#element.messages }),
      money: createMoneyFormat(locale),
      time: createTimeFormat(locale),
      dispatch: event => this.#flow.dispatch(event),
      createKey: createId,
      checkout: this.#checkout,
      loadReceipt: () => import('./receipt/Receipt.tsx'),
    }
  }
}

const importCheckout = () => import('./checkout/checkout.tsx')
/** A failure is told where the chunk is needed. */
const prefetchCheckout = () => void importCheckout().catch(() => null)

const clientOf = (element: TicketsHost): { client: TicketClient; release: () => void } => {
  if (element.client) return { client: element.client, release: () => {} }
  const apiUrl = element.apiUrl ?? ''
  const publishableKey = element.publishableKey ?? ''
  return shareClient('client', { apiUrl, publishableKey, viewerId: null }, () =>
    createClient({ apiUrl, publishableKey }),
  )
}

/** What the page forgot to say, as attributes; null where all is there. */
const missingOf = (element: TicketsHost): string | null => {
  const needed = element.client ? (['eventId'] as const) : (['apiUrl', 'publishableKey', 'eventId'] as const)
  return (
    needed
      .filter(name => !element[name])
      .map(attributeName)
      .join(', ') || null
  )
}

const placesOf = ({ eventId, storage }: TicketsHost, { location, history }: Window): OrderPlaces => ({
  eventId: eventId ?? '',
  device: deviceStore(storage, 'necessary'),
  tab: deviceStore(storage, 'necessary', 'tab'),
  address: {
    href: () => location.href,
    replace: href => history.replaceState(history.state, '', href),
  },
})

const listenersOf = (element: TicketsHost): FlowListeners => ({
  orderCreated: ({ id, total }) => void element.emit('venuekit-order-created', { orderId: id, total }),
  checkoutStarted: ({ id, total }) => void element.emit('venuekit-checkout-started', { orderId: id, total }),
  purchased: purchase => void element.emit('venuekit-purchase', purchase),
  failed: error => element.emitError(error),
})
