import type { Order } from '@venuekit/core/contracts'
import { shortId } from '../view/shortId.ts'
import type { Ui } from '../view/Ui.ts'

/** What the order is called, and what it came to: for whoever writes to the venue, or looks at the bank's statement. */
export const OrderReference = ({ ui, order }: { ui: Ui; order: Order }) => (
  <p class="muted small figures">
    {ui.text('orderNumber', { number: shortId(order) })}
    {order.total.amountMinor > 0 && ` · ${ui.money(order.total)}`}
  </p>
)
