import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cartLines, cartTotal, maximumOf, placesIn, withQuantity } from './cart.ts'
import { cartOf } from './checkout/cartOf.ts'
import { fitCart } from './checkout/fitCart.ts'
import { sampleEvent, sampleOrder, sampleTier } from './testing/sampleEvent.ts'

const general = 'tier-general-admission'
const balcony = 'tier-balcony'
const event = sampleEvent()

test('a tier gives at most what it has, what it allows and what the order has room for', () => {
  expect(withQuantity(event, {}, general, 99)).toEqual({ [general]: 6 })
  expect(withQuantity(event, {}, balcony, 99)).toEqual({ [balcony]: 3 })
  expect(withQuantity(event, { [general]: 6 }, balcony, 3)).toEqual({ [general]: 6, [balcony]: 2 })
})

test('none of a tier leaves no entry, and nonsense changes nothing', () => {
  expect(withQuantity(event, { [general]: 2 }, general, 0)).toEqual({})
  expect(withQuantity(event, { [general]: 2 }, general, -3)).toEqual({})
  expect(withQuantity(event, { [general]: 2 }, general, Number.NaN)).toEqual({ [general]: 2 })
  expect(withQuantity(event, { [general]: 2 }, 'unknown', 1)).toEqual({ [general]: 2 })
  expect(withQuantity(event, {}, general, 2.9)).toEqual({ [general]: 2 })
})

test('what is not on sale cannot be chosen, nor anything of a paused event', () => {
  for (const status of ['sold_out', 'ended', 'not_started'] as const) {
    const closed = sampleEvent({ tiers: [sampleTier('General admission', 2000, { status })] })
    expect(withQuantity(closed, {}, general, 1)).toEqual({})
  }
  expect(withQuantity(sampleEvent({ status: 'paused' }), {}, general, 1)).toEqual({})
})

test('a cart keeps within every limit, whatever is asked of it', () => {
  const wish = fc.record({ tier: fc.nat(3), quantity: fc.integer({ min: -5, max: 50 }) })
  const tier = fc.record({ available: fc.nat(12), maxPerOrder: fc.nat(8), price: fc.nat(100_000) })
  fc.assert(
    fc.property(fc.array(tier, { maxLength: 4 }), fc.nat(12), fc.array(wish), (tiers, maxPerOrder, wishes) => {
      const random = sampleEvent({
        maxPerOrder,
        tiers: tiers.map(({ price, ...limits }, index) => sampleTier(`T${index}`, price, limits)),
      })
      const cart = wishes.reduce((held, each) => withQuantity(random, held, `tier-t${each.tier}`, each.quantity), {})
      expect(placesIn(cart)).toBeLessThanOrEqual(maxPerOrder)
      for (const { tier, quantity } of cartLines(random, cart)) {
        expect(quantity).toBeGreaterThan(0)
        expect(quantity).toBeLessThanOrEqual(Math.min(tier.available, tier.maxPerOrder))
        expect(quantity).toBeLessThanOrEqual(maximumOf(random, tier, cart))
      }
      expect(fitCart(random, cart)).toEqual({ cart, reducedTierIds: [] })
    }),
  )
})

test('a cart that no longer fits gives up what is gone and names it', () => {
  const cart = { [general]: 4, [balcony]: 2, gone: 1 }
  const [first, second] = event.tiers
  if (!first || !second) throw new Error('the sample has two tiers')
  const now = sampleEvent({
    tiers: [
      { ...first, available: 1 },
      { ...second, status: 'sold_out', available: 0 },
    ],
  })
  expect(fitCart(now, cart)).toEqual({ cart: { [general]: 1 }, reducedTierIds: [general, balcony, 'gone'] })
})

test('lines and totals are whole minor units', () => {
  const cart = { [general]: 2, [balcony]: 3 }
  expect(cartLines(event, cart).map(line => line.total.amountMinor)).toEqual([4000, 10_650])
  expect(cartTotal(event, cart)).toEqual({ amountMinor: 14_650, currency: 'USD' })
  expect(cartTotal(event, {})).toEqual({ amountMinor: 0, currency: 'USD' })
  expect(cartOf(sampleOrder())).toEqual({ [general]: 2 })
})
