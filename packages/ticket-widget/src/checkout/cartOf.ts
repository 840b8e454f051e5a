import type { Order } from '@venuekit/core/contracts'
import type { Cart } from '../cart.ts'

/** What the buyer had chosen. */
export const cartOf = (order: Order): Cart => Object.fromEntries(order.items.map(item => [item.tierId, item.quantity]))
