import type { Order, Purchase } from '@venuekit/core/contracts'
import { beforeEach, expect, test } from 'vitest'
import { checkoutRules } from '../checkout/checkoutRules.ts'
import { foundState } from '../checkout/foundState.ts'
import type { FoundOrder, OrderMemory } from '../checkout/orderMemory.ts'
import { fulfilledOrder, orderToken, sampleOrder } from '../testing/sampleEvent.ts'
import { createTicketOffice, type TicketOffice } from '../testing/ticketOffice.ts'
import { firstState } from './firstState.ts'
import type { FlowWorld } from './flowWorld.ts'
import { type Flow, runFlow } from './runFlow.ts'

const token = orderToken()
let office: TicketOffice
let told: { created: Order[]; started: Order[]; purchases: Purchase[]; errors: unknown[] }
let kept: string[]
let visited: string[]
let timers: { at: number; call: () => void }[]
let clock: number
let isOffline: boolean
let otherTab: string | null
let captcha: FlowWorld['challenge']

const memory: OrderMemory = {
  read: () => null,
  remember: () => void kept.push('remember'),
  settle: () => void kept.push('settle'),
  forget: () => void kept.push('forget'),
  kept: () => otherTab,
}

const world = (): FlowWorld => ({
  client: office.client,
  eventId: office.event.id,
  memory,
  returnUrl: () => 'https://venue.example/show',
  locale: () => 'en-US',
  pageUrl: 'https://venue.example/show?utm_source=news',
  challenge: () => captcha(),
  navigate: url => void visited.push(url),
  embedIn: null,
  now: () => clock,
  after(milliseconds, call) {
    const timer = { at: clock + milliseconds, call }
    timers.push(timer)
    return () => void timers.splice(timers.indexOf(timer), 1)
  },
  tell: {
    orderCreated: order => void told.created.push(order),
    checkoutStarted: order => void told.started.push(order),
    purchased: purchase => void told.purchases.push(purchase),
    failed: error => void told.errors.push(error),
  },
})

/** Everything that needs no timer of the flow's has happened. */
const settle = async () => {
  for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setTimeout(resolve))
}

/** Lets that much time pass, timer by timer. */
const pass = async (milliseconds: number) => {
  const end = clock + milliseconds
  for (;;) {
    await settle()
    const due = timers.filter(timer => timer.at <= end).sort((left, right) => left.at - right.at)[0]
    if (!due) break
    timers.splice(timers.indexOf(due), 1)
    clock = due.at
    due.call()
  }
  clock = end
}

const loadRules = async () => {
  if (isOffline) throw new TypeError('the chunk did not load')
  return checkoutRules
}

const start = (found: FoundOrder | null = null): Flow => {
  const flow = runFlow({
    world: world(),
    initial: found ? foundState(found) : firstState,
    onState: () => {},
    loadRules,
  })
  flow.start()
  return flow
}

const order = async (flow: Flow) => {
  await settle()
  flow.dispatch({ type: 'quantitySet', tierId: 'tier-general-admission', quantity: 2 })
  await settle()
  flow.dispatch({ type: 'buyerTyped', field: 'name', value: ' Ada ' })
  flow.dispatch({ type: 'buyerTyped', field: 'email', value: 'ada@example.com' })
  flow.dispatch({ type: 'submitted', key: 'key-1' })
  await settle()
}

beforeEach(() => {
  office = createTicketOffice()
  told = { created: [], started: [], purchases: [], errors: [] }
  kept = []
  visited = []
  timers = []
  isOffline = false
  otherTab = null
  captcha = () => null
  clock = Date.parse('2026-11-01T10:00:00.000Z')
})

test('a purchase goes from the choice to the payment page, and is kept before the page is left', async () => {
  const flow = start()
  await order(flow)
  expect(office.calls[1]).toMatchObject({
    name: 'createOrder',
    key: 'key-1',
    input: {
      body: {
        items: [{ tierId: 'tier-general-admission', quantity: 2 }],
        buyer: { name: 'Ada', email: 'ada@example.com' },
        returnUrl: 'https://venue.example/show',
        expectedTotalMinor: 4000,
        locale: 'en-US',
        attribution: { source: 'news' },
      },
    },
  })
  expect(flow.state.at).toBe('paying')
  expect(kept).toEqual(['remember'])
  expect(visited).toEqual(['https://pay.example/session'])
  expect([told.created.length, told.started.length]).toEqual([1, 1])
})

test('a gateway that is down is tried again under the same key', async () => {
  office.failNext('createOrder', 'gateway_unavailable')
  const flow = start()
  await order(flow)
  expect(flow.state.at).toBe('failed')
  expect(told.errors).toHaveLength(1)
  flow.dispatch({ type: 'retried' })
  await settle()
  expect(flow.state.at).toBe('paying')
  expect(office.calls.filter(call => call.name === 'createOrder').map(call => call.key)).toEqual(['key-1', 'key-1'])
})

test('a second click sends nothing more', async () => {
  const release = office.hold('createOrder')
  const flow = start()
  await order(flow)
  flow.dispatch({ type: 'submitted', key: 'key-2' })
  flow.dispatch({ type: 'retried' })
  release()
  await settle()
  expect(office.count('createOrder')).toBe(1)
})

test('the return is asked about until the order is through; the purchase is told once', async () => {
  office.order = sampleOrder()
  const flow = start({ token, orderId: 'o', cause: 'paid' })
  await pass(2000)
  expect(flow.state.at).toBe('confirming')
  expect(flow.state.event?.id).toBe(office.event.id)
  office.paid = true
  await pass(5000)
  expect(flow.state).toMatchObject({ at: 'done', order: { status: 'fulfilled' } })
  expect(told.purchases).toHaveLength(1)
  expect(kept).toEqual(['settle'])
  expect(timers).toEqual([])
})

test('a payment that is slow is asked about on and on, and then found', async () => {
  office.order = sampleOrder()
  const flow = start({ token, orderId: 'o', cause: 'paid' })
  await pass(60_000)
  expect(flow.state.at).toBe('pending')
  office.failNext('syncOrder', 'network')
  await pass(15_000)
  office.order = fulfilledOrder()
  await pass(15_000)
  expect(flow.state.at).toBe('done')
})

test('tickets show even where the event cannot be read', async () => {
  office.failNext('getEvent', 'network')
  office.order = fulfilledOrder()
  const flow = start({ token, orderId: 'o', cause: 'paid' })
  await settle()
  expect(flow.state).toMatchObject({ at: 'done', event: null })
})

test('an order that nobody knows is forgotten, and the tickets are shown', async () => {
  const flow = start({ token, orderId: 'o', cause: 'stored' })
  await settle()
  await settle()
  expect(flow.state).toMatchObject({ at: 'choosing', notice: null })
  expect(kept).toEqual(['forget'])
})

test('giving the tickets back cancels the order and reads the event anew', async () => {
  office.order = sampleOrder()
  const flow = start({ token, orderId: 'o', cause: 'unpaid' })
  await settle()
  expect(flow.state.at).toBe('held')
  flow.dispatch({ type: 'released' })
  await settle()
  await settle()
  expect(flow.state).toMatchObject({ at: 'choosing', notice: { kind: 'released' } })
  expect(office.count('cancelOrder')).toBe(1)
  expect(kept).toEqual(['forget'])
  expect(timers).toEqual([])
})

test('a held order is paid again without another reservation', async () => {
  office.order = sampleOrder()
  const flow = start({ token, orderId: 'o', cause: 'unpaid' })
  await settle()
  flow.dispatch({ type: 'resumed' })
  await settle()
  expect(visited).toEqual(['https://pay.example/session'])
  expect(office.count('createOrder')).toBe(0)
  flow.dispatch({ type: 'cameBack' })
  await settle()
  expect(flow.state.at).toBe('held')
})

test('what is stopped says nothing and does nothing more', async () => {
  const release = office.hold('getEvent')
  const flow = start()
  flow.stop()
  release()
  await settle()
  expect(flow.state.at).toBe('loading')
  expect(told.errors).toEqual([])
})

test('where the rest does not load nothing is sent, and the cart waits for another try', async () => {
  isOffline = true
  const flow = start()
  await order(flow)
  expect(flow.state).toMatchObject({ at: 'unavailable', failure: { code: 'network' } })
  expect(office.count('createOrder')).toBe(0)
  isOffline = false
  flow.dispatch({ type: 'retried' })
  await settle()
  expect(flow.state).toMatchObject({ at: 'choosing', cart: { 'tier-general-admission': 2 } })
  await order(flow)
  expect(flow.state.at).toBe('paying')
})

test('a click that comes before the rest is heard once it is here', async () => {
  const flow = start()
  await settle()
  flow.dispatch({ type: 'submitted', key: 'key-1' })
  expect(flow.state).toMatchObject({ at: 'choosing', tries: 0 })
  await settle()
  expect(flow.state).toMatchObject({ at: 'choosing', tries: 1 })
})

test('an order that another tab made a moment before is joined: no second hold', async () => {
  office.order = sampleOrder()
  otherTab = token
  const flow = start()
  await order(flow)
  expect(flow.state).toMatchObject({ at: 'held', cause: 'elsewhere' })
  expect(office.count('createOrder')).toBe(0)
})

test('a try that was lost on its way is finished under its own key, whatever another tab keeps', async () => {
  office.failNext('createOrder', 'timeout')
  const flow = start()
  await order(flow)
  otherTab = token
  flow.dispatch({ type: 'retried' })
  await settle()
  expect(flow.state.at).toBe('paying')
  expect(office.calls.filter(call => call.name === 'createOrder').map(call => call.key)).toEqual(['key-1', 'key-1'])
})

test('two tabs that order in the same moment hold places once', async () => {
  const release = office.hold('createOrder')
  const [first, second] = [start(), start()]
  await order(first)
  await order(second)
  otherTab = token
  release()
  await settle()
  await settle()
  expect([first.state.at, second.state]).toMatchObject(['paying', { at: 'held', cause: 'elsewhere' }])
  expect(office.count('createOrder')).toBe(1)
})

test("the page's captcha is asked before each try, and a refused answer can be given again", async () => {
  let count = 0
  captcha = async () => `answer-${++count}`
  office.failNext('createOrder', 'forbidden')
  const flow = start()
  await order(flow)
  expect(flow.state).toMatchObject({ at: 'failed', failure: { code: 'forbidden' } })
  flow.dispatch({ type: 'retried' })
  await settle()
  expect(flow.state.at).toBe('paying')
  expect(office.calls.filter(call => call.name === 'createOrder')).toMatchObject([
    { key: 'key-1', challenge: 'answer-1' },
    { key: 'key-1', challenge: 'answer-2' },
  ])
})

test('a captcha that gives no answer sends nothing, and may be tried again', async () => {
  captcha = () => {
    throw new Error('closed by the buyer')
  }
  const flow = start()
  await order(flow)
  expect(flow.state.at).toBe('failed')
  expect(office.count('createOrder')).toBe(0)
})

test('where no captcha is there a refusal is final', async () => {
  office.failNext('createOrder', 'forbidden')
  const flow = start()
  await order(flow)
  expect(flow.state).toMatchObject({ at: 'unavailable', failure: { code: 'forbidden' } })
})
