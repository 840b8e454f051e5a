import type { Money, Order, Purchase } from '@venuekit/core/contracts'
import { toDecimalText } from './moneyText.ts'

const toNumber = (money: Money): number => Number(toDecimalText(money))

/** The order in the shape of GA4's `purchase` event: amounts as decimals, because GA4's are. */
export const toPurchase = (order: Order): Purchase => ({
  transaction_id: order.id,
  currency: order.total.currency,
  value: toNumber(order.total),
  items: order.items.map(item => ({
    item_id: item.tierId,
    item_name: item.tierName,
    price: toNumber(item.unitPrice),
    quantity: item.quantity,
  })),
})
