import type { CreateOrderRequest, Tier, VenueEvent } from '../contracts/ticketing.ts'
import { isOver } from './showEvent.ts'
import { TestProblem } from './TestProblem.ts'

interface Line {
  tier: Tier
  quantity: number
}

const atTiers = ({ items }: CreateOrderRequest, isAt: (tierId: string) => boolean, message: string) =>
  Object.fromEntries(items.flatMap(({ tierId }, at) => (isAt(tierId) ? [[`items.${at}.tierId`, message]] : [])))

const isClosed = ({ salesStartAt, salesEndAt }: Tier, now: number): boolean =>
  (salesStartAt !== null && Date.parse(salesStartAt) > now) || (salesEndAt !== null && Date.parse(salesEndAt) <= now)

const findLines = (event: VenueEvent, body: CreateOrderRequest): Line[] => {
  const lines = body.items.flatMap(({ tierId, quantity }) => {
    const tier = event.tiers.find(({ id }) => id === tierId)
    return tier ? [{ tier, quantity }] : []
  })
  if (lines.length === body.items.length) return lines
  const isKnown = (tierId: string) => lines.some(({ tier }) => tier.id === tierId)
  throw new TestProblem('invalid_request', {
    fields: atTiers(body, tierId => !isKnown(tierId), 'no tier of this event'),
  })
}

const requireOpen = (event: VenueEvent, body: CreateOrderRequest, lines: Line[], now: number): void => {
  const over = event.status !== 'scheduled' || isOver(event, now)
  const closed = lines.filter(({ tier }) => over || isClosed(tier, now)).map(({ tier }) => tier.id)
  if (closed.length === 0) return
  throw new TestProblem('sales_closed', { fields: atTiers(body, tierId => closed.includes(tierId), 'not on sale') })
}

const requireModest = (event: VenueEvent, lines: Line[]): void => {
  const places = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const exceeded = lines.filter(({ tier, quantity }) => quantity > tier.maxPerOrder)
  if (places <= event.maxPerOrder && exceeded.length === 0) return
  const maximum = Math.min(event.maxPerOrder, ...exceeded.map(({ tier }) => tier.maxPerOrder))
  throw new TestProblem('limit_exceeded', { fields: { items: `at most ${maximum} places at a time` } })
}

const requirePrice = ({ expectedTotalMinor }: CreateOrderRequest, totalMinor: number): void => {
  if (expectedTotalMinor === undefined || expectedTotalMinor === totalMinor) return
  throw new TestProblem('price_changed', {
    detail: 'Show the buyer the new total and order anew.',
    fields: { expectedTotalMinor: `the total is ${totalMinor} now` },
  })
}

const requirePlaces = (body: CreateOrderRequest, lines: Line[]): void => {
  const full = lines.filter(({ tier, quantity }) => tier.available < quantity).map(({ tier }) => tier.id)
  if (full.length === 0) return
  throw new TestProblem('sold_out', {
    detail: 'There are not as many places left.',
    fields: atTiers(body, tierId => full.includes(tierId), 'not enough places left'),
  })
}

/** Takes the places, or throws why not: what is judged first is what the real server judges first. */
export const reserve = (event: VenueEvent, body: CreateOrderRequest, now: number) => {
  const lines = findLines(event, body)
  requireOpen(event, body, lines, now)
  requireModest(event, lines)
  const totalMinor = lines.reduce((sum, { tier, quantity }) => sum + tier.price.amountMinor * quantity, 0)
  requirePrice(body, totalMinor)
  requirePlaces(body, lines)
  for (const { tier, quantity } of lines) tier.available -= quantity
  const items = lines.map(({ tier, quantity }, at) => ({
    line: at + 1,
    tierId: tier.id,
    tierName: tier.name,
    quantity,
    unitPrice: tier.price,
    total: { ...tier.price, amountMinor: tier.price.amountMinor * quantity },
  }))
  return { items, total: { amountMinor: totalMinor, currency: event.currency } }
}
