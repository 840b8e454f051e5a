import type { Ticket } from '@venuekit/core/contracts'
import { shortId } from '../view/shortId.ts'
import type { Ui } from '../view/Ui.ts'
import { qrPath } from './qrPath.ts'

interface Props {
  ui: Ui
  ticket: Ticket
  number: number
  holder: string
}

const quietZone = 4

const notes = { blocked: 'ticketBlocked', void: 'ticketVoid' } as const

export const TicketStub = ({ ui, ticket, number, holder }: Props) => {
  const note = ticket.status === 'valid' ? null : notes[ticket.status]
  return (
    <li class={note ? 'stub invalid' : 'stub'} part="ticket">
      <div class="grow">
        <p class="muted small">{ui.text('ticketNumber', { number })}</p>
        <h4>{ticket.tierName}</h4>
        <p class="muted small">{holder}</p>
        <p class="id figures">{shortId(ticket)}</p>
        {note && <p class="error">{ui.text(note)}</p>}
      </div>
      {!note && <QrCode code={ticket.code} label={ui.text('ticketQr', { number, tier: ticket.tierName })} />}
    </li>
  )
}

const QrCode = ({ code, label }: { code: string; label: string }) => {
  const { size, path } = qrPath(code)
  const side = size + 2 * quietZone
  return (
    <svg class="qr" part="qr" role="img" aria-label={label} viewBox={`${-quietZone} ${-quietZone} ${side} ${side}`}>
      <path d={path} />
    </svg>
  )
}
