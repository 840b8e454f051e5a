import { page } from 'vitest/browser'
import '../auto.ts'
import { expect } from 'vitest'
import type { VenueKitTicketsElement } from '../element.ts'
import { eventId } from './sampleEvent.ts'
import { createTicketOffice, type TicketOffice } from './ticketOffice.ts'

/** A page with the element on it, before an office in memory. */
export interface TicketsPage {
  readonly address: string
  readonly office: TicketOffice
  /** The payment pages that the buyer was taken to. */
  readonly visited: string[]
  /** The element's events, oldest first. */
  readonly heard: [name: string, detail: unknown][]
  /** The newest element that was mounted. */
  element: VenueKitTicketsElement
  mount(changes?: Partial<VenueKitTicketsElement>): Promise<void>
  root(): ShadowRoot
  focused(): HTMLElement | null
  reaches(state: string): Promise<void>
  fillIn(): Promise<void>
  /** Takes everything off the page, and checks that no rejection went unheard. */
  leave(): void
}

export const button = (name: string | RegExp) => page.getByRole('button', { name })

export const openTicketsPage = async (): Promise<TicketsPage> => {
  await page.viewport(640, 900)
  localStorage.clear()
  sessionStorage.clear()
  const address = location.href
  const rejections: unknown[] = []
  const onRejection = (event: PromiseRejectionEvent) => void rejections.push(event.reason)
  addEventListener('unhandledrejection', onRejection)

  const tickets: TicketsPage = {
    address,
    office: createTicketOffice(),
    visited: [],
    heard: [],
    element: document.createElement('venuekit-tickets'),
    async mount(changes = {}) {
      const element = document.createElement('venuekit-tickets')
      tickets.element = element
      for (const name of ['ready', 'error', 'order-created', 'checkout-started', 'purchase'])
        element.addEventListener(`venuekit-${name}`, event =>
          tickets.heard.push([event.type, (event as CustomEvent).detail]),
        )
      const navigate = (url: string) => void tickets.visited.push(url)
      Object.assign(element, { client: tickets.office.client, eventId, locale: 'en', navigate, ...changes })
      document.body.append(element)
      await element.ready
    },
    root: () => tickets.element.shadowRoot as ShadowRoot,
    focused: () => tickets.root().activeElement as HTMLElement | null,
    reaches: state => expect.poll(() => tickets.root().querySelector<HTMLElement>('.card')?.dataset.state).toBe(state),
    async fillIn() {
      await button('Add one General admission').click()
      await page.getByLabelText('Full name').fill('Ada Lovelace')
      await page.getByLabelText('Email').fill('ada@example.com')
    },
    leave() {
      document.body.replaceChildren()
      history.replaceState(null, '', address)
      removeEventListener('unhandledrejection', onRejection)
      expect(rejections).toEqual([])
    },
  }
  return tickets
}
