import type { Order } from '@venuekit/core/contracts'
import type { Ui } from '../view/Ui.ts'
import { TicketStub } from './TicketStub.tsx'

/** All tickets of an order, each with the code that the door scans. */
export const Receipt = ({ ui, order }: { ui: Ui; order: Order }) => (
  <ul class="stubs" part="tickets" aria-label={ui.text('tickets')}>
    {order.tickets.map((ticket, index) => (
      <TicketStub key={ticket.id} ui={ui} ticket={ticket} number={index + 1} holder={order.buyer.name} />
    ))}
  </ul>
)
