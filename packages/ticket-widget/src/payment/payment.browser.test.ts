import { afterEach, beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import type { TicketClient } from '../flow/flowWorld.ts'
import { fulfilledOrder, orderToken, sampleOrder } from '../testing/sampleEvent.ts'
import { button, openTicketsPage, type TicketsPage } from '../testing/ticketsPage.ts'
import { paymentPage } from './paymentPage.ts'

let tickets: TicketsPage
let stripe: StandIn

beforeEach(async () => {
  tickets = await openTicketsPage()
  stripe = standIn()
})

afterEach(async () => {
  Reflect.deleteProperty(globalThis, 'Stripe')
  Object.assign(paymentPage(), { script: null, refused: false })
  tickets.leave()
  await expect.poll(() => paymentPage().holder).toBeNull()
})

interface StandIn {
  /** What was done with the form, in order. */
  did: string[]
  complete(): void
  /** Lets `createEmbeddedCheckoutPage` answer. */
  answer(): void
}

/** A Stripe.js that the page has loaded by itself. */
const standIn = (name = 'createEmbeddedCheckoutPage'): StandIn => {
  const did: string[] = []
  let complete = () => {}
  let answer = () => {}
  const answered = new Promise<void>(resolve => {
    answer = resolve
  })
  const create = async ({
    fetchClientSecret,
    onComplete,
  }: {
    fetchClientSecret(): Promise<string>
    onComplete(): void
  }) => {
    complete = onComplete
    did.push(`create ${await fetchClientSecret()}`)
    await answered
    let form: HTMLElement | null = null
    return {
      mount(place: HTMLElement) {
        form = document.createElement('p')
        form.textContent = 'The card form'
        place.append(form)
        did.push(`mount in ${place.getRootNode() === document ? 'the page' : 'a shadow'}`)
      },
      unmount() {
        form?.remove()
        did.push('unmount')
      },
      destroy() {
        form?.remove()
        did.push('destroy')
      },
    }
  }
  Reflect.set(globalThis, 'Stripe', (key: string) => {
    did.push(`Stripe ${key}`)
    return { [name]: create }
  })
  return { did, complete: () => complete(), answer: () => answer() }
}

const embeddedClient = (key: string, asked: unknown[] = []): TicketClient => {
  const { client } = tickets.office
  const checkout = (wish: string | undefined) =>
    wish === 'embedded'
      ? ({ kind: 'embedded', clientSecret: 'cs_1_secret_2', publishableKey: key } as const)
      : ({ kind: 'redirect', url: 'https://pay.example/instead' } as const)
  return {
    ...client,
    async createOrder(input, options) {
      asked.push(input.body.payment)
      return { ...(await client.createOrder(input, options)), checkout: checkout(input.body.payment) }
    },
    async resumeCheckout(input, options) {
      asked.push(input.query?.payment)
      return { ...(await client.resumeCheckout(input, options)), checkout: checkout(input.query?.payment) }
    },
  }
}

const order = async (key: string, asked: unknown[] = []) => {
  await tickets.mount({ payment: 'embedded', client: embeddedClient(key, asked) })
  await tickets.fillIn()
  await button(/Continue to payment/).click()
}

/** A hold runs out by the clock. */
const stateWithin10s = (state: string) =>
  expect.poll(() => tickets.root().querySelector<HTMLElement>('.card')?.dataset.state, { timeout: 10_000 }).toBe(state)

const slotted = () => tickets.element.querySelector('[slot=payment]')

test('the form stands in a child of the element, shown where the payment belongs, and goes when it is paid', async () => {
  stripe.answer()
  await order('pk_test_a')
  await expect.element(page.getByText('The card form')).toBeVisible()
  expect(stripe.did).toEqual(['Stripe pk_test_a', 'create cs_1_secret_2', 'mount in the page'])
  expect(tickets.heard.map(([name]) => name)).toContain('venuekit-checkout-started')
  tickets.office.paid = true
  stripe.complete()
  await tickets.reaches('done')
  expect(stripe.did.at(-1)).toBe('destroy')
  expect(slotted()).toBeNull()
  expect(tickets.visited).toEqual([])
  expect(tickets.heard.filter(([name]) => name === 'venuekit-purchase')).toHaveLength(1)
})

test('an element that goes while the form is on its way lets none appear', async () => {
  await order('pk_test_b')
  await expect.poll(() => stripe.did).toContain('create cs_1_secret_2')
  tickets.element.remove()
  // The shell ends its view in the next task.
  await new Promise(done => setTimeout(done))
  stripe.answer()
  await expect.poll(() => stripe.did.at(-1)).toBe('destroy')
  expect(stripe.did).not.toContain('mount in the page')
})

test('a change of who or what is sold takes the form off', async () => {
  stripe.answer()
  await order('pk_test_c')
  await expect.element(page.getByText('The card form')).toBeVisible()
  tickets.element.payment = 'redirect'
  await expect.poll(slotted).toBeNull()
  expect(stripe.did.at(-1)).toBe('destroy')
  await tickets.reaches('held')
})

test('an element that is taken elsewhere in the page mounts its form anew, whose frame would have lost its ties', async () => {
  stripe.answer()
  await order('pk_test_m')
  await expect.element(page.getByText('The card form')).toBeVisible()
  const place = document.createElement('main')
  document.body.append(place)
  place.append(tickets.element)
  await expect.poll(() => stripe.did.slice(-2)).toEqual(['unmount', 'mount in the page'])
  await expect.element(page.getByText('The card form')).toBeVisible()
})

test('a Stripe.js of the page’s own that is older serves as well', async () => {
  stripe = standIn('initEmbeddedCheckout')
  stripe.answer()
  await order('pk_test_d')
  await expect.element(page.getByText('The card form')).toBeVisible()
})

test('a Stripe.js that knows neither, or throws, leads to the payment page, and the page hears why', async () => {
  stripe = standIn('somethingElse')
  const asked: unknown[] = []
  await order('pk_test_e', asked)
  await tickets.reaches('paying')
  expect(asked).toEqual(['embedded', 'redirect'])
  expect(tickets.visited).toEqual(['https://pay.example/instead'])
  expect(tickets.heard).toContainEqual(['venuekit-error', expect.objectContaining({ code: 'embed_refused' })])
})

test('within a shadow root of the page’s the payment page is asked for', async () => {
  const asked: unknown[] = []
  const host = document.createElement('section')
  document.body.append(host)
  await tickets.mount({ payment: 'embedded', client: embeddedClient('pk_test_f', asked) })
  host.attachShadow({ mode: 'open' }).append(tickets.element)
  await tickets.fillIn()
  await button(/Continue to payment/).click()
  await tickets.reaches('paying')
  expect(asked).toEqual([undefined])
})

test('when the hold ends the form goes, and the buyer is told that nothing was charged', async () => {
  stripe.answer()
  tickets.office.order = sampleOrder({
    serverNow: '2026-11-01T10:00:00.000Z',
    holdExpiresAt: '2026-11-01T10:00:02.000Z',
  })
  history.replaceState(null, '', `${tickets.address}#venuekit-order=${orderToken()}&venuekit-checkout=cancelled`)
  await tickets.mount({ payment: 'embedded', client: embeddedClient('pk_test_g') })
  await button(/Pay now/).click()
  await expect.element(page.getByText('The card form')).toBeVisible()
  tickets.office.order = { ...tickets.office.order, status: 'expired', holdExpiresAt: null }
  await stateWithin10s('ended')
  await expect.element(page.getByText('The time to pay ran out')).toBeVisible()
  expect(slotted()).toBeNull()
})

test('who paid in the last moment of the hold sees the tickets all the same', async () => {
  stripe.answer()
  tickets.office.order = sampleOrder({
    serverNow: '2026-11-01T10:00:00.000Z',
    holdExpiresAt: '2026-11-01T10:00:02.000Z',
  })
  history.replaceState(null, '', `${tickets.address}#venuekit-order=${orderToken()}&venuekit-checkout=cancelled`)
  await tickets.mount({ payment: 'embedded', client: embeddedClient('pk_test_h') })
  await button(/Pay now/).click()
  await expect.element(page.getByText('The card form')).toBeVisible()
  tickets.office.order = fulfilledOrder()
  await stateWithin10s('done')
})
