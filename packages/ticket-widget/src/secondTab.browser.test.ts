import { afterEach, beforeEach, expect, test } from 'vitest'
import type { VenueKitTicketsElement } from './element.ts'
import { eventId } from './testing/sampleEvent.ts'
import { createTicketOffice, type TicketOffice } from './testing/ticketOffice.ts'

/** Another document of the same origin, with the element on it. */
interface Tab {
  state(): string | undefined
  text(): string
  press(name: string | RegExp): Promise<void>
  fill(name: string, value: string): void
  visited: string[]
}

let office: TicketOffice
const frames: HTMLIFrameElement[] = []

beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  office = createTicketOffice()
})

afterEach(() => {
  for (const frame of frames.splice(0)) frame.remove()
})

/** A frame has all modules to load. */
const until = (look: () => unknown) => expect.poll(look, { timeout: 15_000 })

const openTab = async (): Promise<Tab> => {
  const frame = document.createElement('iframe')
  frame.style.cssText = 'inline-size: 480px; block-size: 640px'
  // The test runner goes through this for each import(); a frame has to have it of its own.
  const runner = '{ wrapDynamicImport: load => load() }'
  frame.srcdoc = `<script>window.__vitest_browser_runner__ = ${runner}</script>
    <script type="module" src="${new URL('./auto.ts', import.meta.url).href}"></script>`
  frames.push(frame)
  document.body.append(frame)
  await until(() => frame.contentWindow?.customElements.get('venuekit-tickets')).toBeTruthy()
  const page = frame.contentDocument as Document
  const element = page.createElement('venuekit-tickets') as VenueKitTicketsElement
  const visited: string[] = []
  const navigate = (url: string) => void visited.push(url)
  Object.assign(element, { client: office.client, eventId, locale: 'en', navigate })
  page.body.append(element)
  await element.ready
  const root = () => element.shadowRoot as ShadowRoot
  const find = (name: string | RegExp) =>
    [...root().querySelectorAll('button')].find(({ ariaLabel, textContent }) =>
      typeof name === 'string' ? (ariaLabel ?? textContent) === name : name.test(ariaLabel ?? textContent ?? ''),
    )
  return {
    visited,
    state: () => root().querySelector<HTMLElement>('.card')?.dataset.state,
    text: () => root().querySelector('.card')?.textContent ?? '',
    async press(name) {
      await until(() => find(name)).toBeTruthy()
      find(name)?.click()
    },
    fill(name, value) {
      const input = root().querySelector<HTMLInputElement>(`input[name=${name}]`)
      if (!input) throw new Error(`no field ${name}`)
      input.value = value
      input.dispatchEvent(new Event('input', { bubbles: true }))
    },
  }
}

const order = async (tab: Tab) => {
  await tab.press('Add one General admission')
  await until(() => tab.text()).toContain('Full name')
  tab.fill('name', 'Ada Lovelace')
  tab.fill('email', 'ada@example.com')
  await tab.press(/Continue to payment/)
  await until(tab.state).toBe('paying')
}

test('an order made in one tab shows in the other, with its hold, and can be paid there', async () => {
  const [first, second] = [await openTab(), await openTab()]
  await order(first)
  await until(second.state).toBe('held')
  expect(second.text()).toContain('You began this order in another tab')
  await second.press(/^Pay now/)
  await until(second.state).toBe('paying')
  expect(second.visited).toEqual(['https://pay.example/session'])
  expect(office.count('createOrder')).toBe(1)
})

test('once one tab sees the order paid, the other shows the tickets', async () => {
  const [first, second] = [await openTab(), await openTab()]
  await order(first)
  await until(second.state).toBe('held')
  office.paid = true
  // The tab that paid comes back from the gateway as a page of its own.
  const back = await openTab()
  await until(back.state).toBe('done')
  await until(second.state).toBe('done')
  await until(first.state).toBe('done')
  await until(() => second.text()).toContain('You’re going!')
  expect(localStorage.length).toBe(0)
})

test('once one tab gives the tickets back, the other chooses again, with its cart', async () => {
  const [first, second] = [await openTab(), await openTab()]
  await order(first)
  await until(second.state).toBe('held')
  await second.press('Give the tickets back')
  await until(second.state).toBe('choosing')
  await until(first.state).toBe('choosing')
  expect(first.text()).toContain('Your tickets were given back')
  await until(() => first.text()).toContain('Continue to payment · $20.00')
})

test('tickets on the screen stay there while another tab orders more', async () => {
  const first = await openTab()
  await order(first)
  office.paid = true
  const second = await openTab()
  await until(second.state).toBe('done')
  office.order = null
  office.paid = false
  office.orderId = '33333333-2222-4333-8444-555555555555'
  const third = await openTab()
  await until(third.state).toBe('choosing')
  await order(third)
  await second.press('Get more tickets')
  await until(second.state).toBe('held')
  expect(localStorage.length).toBe(1)
})
