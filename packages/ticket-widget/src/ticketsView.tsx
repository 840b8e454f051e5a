import { createClient, createId } from '@venuekit/core'
import {
  attributeName,
  deviceStore,
  type ElementView,
  resolveDirection,
  resolveLocale,
  shareClient,
} from '@venuekit/core/element'
import { render } from 'preact'
import type { TicketsHost } from './api.ts'
import { firstState, unusable } from './flow/firstState.ts'
import type { FlowListeners, TicketClient } from './flow/flowWorld.ts'
import { type Flow, runFlow } from './flow/runFlow.ts'
import { createFocusKeeper } from './focus.ts'
import { leavePage } from './leavePage.ts'
import { createMoneyFormat } from './money.ts'
import { createOrderMemory, type OrderMemory } from './orderMemory.ts'
import { cleanAddress } from './return.ts'
import { tabStore } from './tabStore.ts'
import { createText } from './text.ts'
import { createTimeFormat } from './time.ts'
import { Card } from './view/Card.tsx'
import type { Ui } from './view/Ui.ts'

/** Joins the element, its flow and what is painted: one life of the widget. */
export class TicketsView implements ElementView {
  readonly #element: TicketsHost
  readonly #root: HTMLElement
  readonly #window: Window
  readonly #flow: Flow
  readonly #focus: ReturnType<typeof createFocusKeeper>
  readonly #release: () => void
  #ui: Ui

  constructor(element: TicketsHost, root: HTMLElement) {
    this.#element = element
    this.#root = root
    this.#window = element.ownerDocument.defaultView ?? window
    this.#focus = createFocusKeeper(root)
    const { client, release } = clientOf(element)
    this.#release = release
    const eventId = element.eventId ?? ''
    const memory = memoryOf(element, eventId, this.#window)
    const found = memory.read()
    const missing = missingOf(element)
    const first = missing ? unusable : firstState(found)
    this.#flow = runFlow(this.#world(client, eventId, memory), first, () => this.#paint())
    this.#ui = this.#createUi()
    this.#window.addEventListener('pageshow', this.#onPageShow)
    this.#flow.start()
    this.#paint()
    if (missing) element.emitError(new Error(`<venuekit-tickets> needs ${missing}`))
    // Back from the gateway: the widget may stand far below the fold.
    if (found && found.cause !== 'stored')
      this.#window.requestAnimationFrame(() => root.scrollIntoView({ block: 'nearest' }))
  }

  update(changed: ReadonlySet<string>): void {
    if (['locale', 'lang', 'dir', 'messages'].some(name => changed.has(name))) this.#ui = this.#createUi()
    this.#paint()
  }

  refresh(): Promise<void> {
    return this.#flow.refresh()
  }

  destroy(): void {
    this.#window.removeEventListener('pageshow', this.#onPageShow)
    this.#flow.stop()
    this.#release()
    render(null, this.#root)
  }

  /** The back button may bring the page back as it was left: on its way to the gateway. */
  readonly #onPageShow = (event: PageTransitionEvent) => {
    if (event.persisted) this.#flow.dispatch({ type: 'cameBack' })
  }

  #paint(): void {
    this.#focus.before()
    render(<Card ui={this.#ui} state={this.#flow.state} />, this.#root)
    this.#focus.after()
  }

  #world(client: TicketClient, eventId: string, memory: OrderMemory) {
    const { location } = this.#window
    return {
      client,
      eventId,
      memory,
      returnUrl: () => new URL(this.#element.returnUrl ?? cleanAddress(location.href), location.href).href,
      locale: () => new Intl.Locale(resolveLocale(this.#element)).baseName,
      navigate: this.#element.navigate ?? ((url: string) => void leavePage(url, this.#window)),
      now: () => Date.now(),
      after(milliseconds: number, call: () => void) {
        const timer = setTimeout(call, milliseconds)
        return () => clearTimeout(timer)
      },
      tell: listenersOf(this.#element),
    }
  }

  #createUi(): Ui {
    const locale = resolveLocale(this.#element)
    this.#root.lang = locale
    this.#root.dir = resolveDirection(this.#element, locale)
    return {
      text: createText(locale, this.#element.messages ?? {}),
      money: createMoneyFormat(locale),
      time: createTimeFormat(locale),
      dispatch: event => this.#flow.dispatch(event),
      createKey: createId,
      loadReceipt: () => import('./receipt/Receipt.tsx'),
    }
  }
}

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

const memoryOf = ({ storage }: TicketsHost, eventId: string, { location, history }: Window): OrderMemory =>
  createOrderMemory({
    eventId,
    device: deviceStore(storage, 'necessary'),
    tab: tabStore(storage),
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
