import type { AdminRefund, Order, OrderItem, VenueEvent } from '@venuekit/core/contracts'
import type { Mail } from '../ports/messages.ts'
import { escapeHtml } from './escapeHtml.ts'
import { toMoneyText } from './moneyText.ts'

export interface MailSubject {
  order: Order
  event: VenueEvent
  orderUrl: string | null
  /** What a `refund` mail tells of; null where it is the whole order. */
  refund?: AdminRefund | null
  /** Who gives the money back; the gateway unless told otherwise. */
  payer?: RefundPayer
}

/** Cash comes back by hand; of a lost dispute the buyer's bank has paid. */
export type RefundPayer = 'gateway' | 'venue' | 'bank'

interface Wording {
  subject(event: VenueEvent): string
  lead(subject: MailSubject): string
  action: string
}

const locale = 'en'

const days = 'It takes a few days to appear on your statement.'

const ticketsGone = (count: number): string =>
  count === 1 ? ' One ticket of your order is no longer valid.' : ` ${count} tickets of your order are no longer valid.`

/** Of what the kit sends back by itself, the buyer wonders why. */
const automaticReasons: Record<string, (order: Order) => string> = {
  surplus: ({ tickets }) =>
    `Your order was paid twice${tickets.some(({ status }) => status === 'valid') ? '; your tickets stay as they are' : ''}. `,
  refund_due: () => 'We could not turn your payment into tickets. ',
}

const refundLead = ({ order, refund, payer }: MailSubject): string => {
  const amount = toMoneyText(refund?.amount ?? order.total, locale)
  const gone = refund?.ticketIds.length ?? 0
  const why = refund?.origin === 'automatic' ? (automaticReasons[refund.reason ?? '']?.(order) ?? '') : ''
  const way =
    payer === 'venue'
      ? `The venue gives you ${amount} back, the way you paid it.`
      : `${amount} is on its way back to you. ${days}`
  return `${why}${way}${gone > 0 ? ticketsGone(gone) : ''}`
}

const allBack: Record<RefundPayer, string> = {
  gateway: `What you paid is refunded in full. ${days}`,
  venue: 'The venue gives you back what you paid, the way you paid it.',
  bank: 'Your bank has given you back what you paid.',
}

const cancellationLead = ({ order, payer = 'gateway' }: MailSubject): string => {
  // Paid by a method whose money was still under way.
  if (order.fulfilledAt === null) {
    return `We are sorry: this event will not take place. Should your payment still arrive, it is refunded in full. ${days}`
  }
  return `We are sorry: this event will not take place, and your tickets are no longer valid.${
    order.total.amountMinor > 0 ? ` ${allBack[payer]}` : ''
  }`
}

const wordings: Record<Mail['kind'], Wording> = {
  tickets: {
    subject: event => `Your tickets for ${event.name}`,
    lead: () => 'Thank you for your order. Your tickets are ready.',
    action: 'Show my tickets',
  },
  tickets_late: {
    subject: event => `Your tickets for ${event.name}`,
    lead: () => 'Your payment came after the reservation had ended. There was still room, so your tickets are ready.',
    action: 'Show my tickets',
  },
  refund: {
    subject: event => `Your refund for ${event.name}`,
    lead: refundLead,
    action: 'Show my order',
  },
  cancellation: {
    subject: event => `${event.name} is cancelled`,
    lead: cancellationLead,
    action: 'Show my order',
  },
}

/** The place's own time is what a visitor reads. */
const whenText = (event: VenueEvent): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short', timeZone: event.timeZone }).format(
    new Date(event.startsAt),
  )

const itemText = (item: OrderItem): string =>
  `${item.quantity} × ${item.tierName}${item.total.amountMinor === 0 ? '' : `, ${toMoneyText(item.total, locale)}`}`

const totalText = (order: Order): string =>
  order.total.amountMinor === 0 ? 'Free of charge' : `Total ${toMoneyText(order.total, locale)}`

const whereLines = (event: VenueEvent): string[] => [whenText(event), ...(event.location ? [event.location] : [])]

const toText = (wording: Wording, subject: MailSubject): string => {
  const { order, event, orderUrl } = subject
  return [
    `Hello ${order.buyer.name},`,
    '',
    wording.lead(subject),
    '',
    event.name,
    ...whereLines(event),
    '',
    ...order.items.map(itemText),
    totalText(order),
    '',
    ...(orderUrl === null ? [] : [`${wording.action}: ${orderUrl}`, '', secrecy]),
    `Order ${order.id}`,
    '',
  ].join('\n')
}

const secrecy = 'This link is yours alone: whoever has it can see the tickets.'

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"

const button = (url: string, action: string): string =>
  `<p style="margin:0 0 24px"><a href="${escapeHtml(url)}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#1c1c1a;color:#fff;text-decoration:none;font-weight:600">${escapeHtml(action)}</a></p>
`

const toHtml = (wording: Wording, subject: MailSubject): string => {
  const { order, event, orderUrl } = subject
  const lines = (texts: string[]): string => texts.map(escapeHtml).join('<br>')
  return `<!doctype html>
<html lang="${locale}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(wording.subject(event))}</title></head>
<body style="margin:0;padding:24px 12px;background:#f4f4f2;color:#1c1c1a;${font};font-size:16px;line-height:1.5">
<table role="presentation" align="center" width="100%" style="max-width:560px;background:#fff;border-radius:12px;border-collapse:separate">
<tr><td style="padding:32px">
<p style="margin:0 0 16px">Hello ${escapeHtml(order.buyer.name)},</p>
<p style="margin:0 0 24px">${escapeHtml(wording.lead(subject))}</p>
<h1 style="margin:0 0 4px;font-size:22px;line-height:1.25">${escapeHtml(event.name)}</h1>
<p style="margin:0 0 24px;color:#5b5b57">${lines(whereLines(event))}</p>
<p style="margin:0 0 24px;padding:16px 0;border-top:1px solid #e4e4df;border-bottom:1px solid #e4e4df">${lines([...order.items.map(itemText), totalText(order)])}</p>
${orderUrl === null ? '' : button(orderUrl, wording.action)}<p style="margin:0;color:#5b5b57;font-size:13px">${orderUrl === null ? '' : `${secrecy}<br>`}Order ${escapeHtml(order.id)}</p>
</td></tr>
</table>
</body>
</html>
`
}

/** The mail about an order, as text and as HTML. Everything that a person wrote is escaped. */
export const orderMail = (id: string, kind: Mail['kind'], subject: MailSubject): Mail => ({
  id,
  kind,
  to: { ...subject.order.buyer },
  subject: wordings[kind].subject(subject.event),
  text: toText(wordings[kind], subject),
  html: toHtml(wordings[kind], subject),
  order: subject.order,
  event: subject.event,
  orderUrl: subject.orderUrl,
})
