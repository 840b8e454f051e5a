import { mailText } from '../checkout/mailText.ts'
import type { Done } from '../flow/flowState.ts'
import { Button } from '../view/Button.tsx'
import type { Ui } from '../view/Ui.ts'
import { CalendarLink } from './CalendarLink.tsx'
import { printTickets } from './printTickets.ts'
import { TicketStub } from './TicketStub.tsx'

/** All tickets of an order, each with the code that the door scans, and what one does with them. */
export const Receipt = ({ ui, state }: { ui: Ui; state: Done }) => {
  const { event, order, mail } = state
  const said = mailText(ui, state)
  return (
    <>
      <ul class="stubs" part="tickets" aria-label={ui.text('tickets')}>
        {order.tickets.map((ticket, index) => (
          <TicketStub key={ticket.id} ui={ui} ticket={ticket} number={index + 1} holder={order.buyer.name} />
        ))}
      </ul>
      <div class="extras">
        {event && <CalendarLink ui={ui} event={event} order={order} />}
        <Button kind="quiet" onClick={({ currentTarget }) => printTickets(hostOf(currentTarget))}>
          {ui.text('print')}
        </Button>
        <Button kind="quiet" busy={mail === 'sending'} onClick={() => ui.dispatch({ type: 'resendWanted' })}>
          {ui.text(mail === 'sending' ? 'sendingAgain' : 'sendAgain')}
        </Button>
        {said && <p class="small note">{said}</p>}
      </div>
    </>
  )
}

const hostOf = (button: HTMLElement): HTMLElement => (button.getRootNode() as ShadowRoot).host as HTMLElement
