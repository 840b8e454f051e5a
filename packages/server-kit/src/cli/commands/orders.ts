import type { AdminOrder, AdminPayment, AdminRefund, Money, OrderItem, Ticket } from '@venuekit/core/contracts'
import type { OrderPlace } from '../../ports/hostFunctions.ts'
import { toDecimalText } from '../../services/moneyText.ts'
import type { Canvas, OpenHost } from '../cli.ts'
import { CliError } from '../cliError.ts'
import type { AddCommand } from '../command.ts'
import { uuidOption } from '../options.ts'
import { plainText } from '../plainText.ts'
import { words } from '../words.ts'

type ShownTicket = Omit<Ticket, 'code'>
/** A ticket's code opens the door to whoever shows it: it is no part of what is shown here. */
type ShownOrder = Omit<AdminOrder, 'tickets'> & { tickets: ShownTicket[] }

const moneyOf = (money: Money): string => `${toDecimalText(money)} ${money.currency}`

const maskName = (name: string): string => `${[...name][0] ?? ''}***`

const toShown = ({ tickets, buyer, ...order }: AdminOrder, shows: boolean): ShownOrder => ({
  ...order,
  buyer: shows ? buyer : { ...buyer, name: maskName(buyer.name) },
  tickets: tickets.map(({ code: _code, ...ticket }) => ticket),
})

const parts = (order: ShownOrder, { table }: Canvas): string[] => {
  const tables = [
    table<OrderItem>(
      [
        { title: 'Line', value: ({ line }) => line },
        { title: 'Tier', value: ({ tierName }) => tierName, wraps: true },
        { title: 'Places', value: ({ quantity }) => quantity },
        { title: 'Total', value: ({ total }) => moneyOf(total) },
      ],
      order.items,
    ),
  ]
  if (order.payments.length > 0) {
    tables.push(
      table<AdminPayment>(
        [
          { title: 'Payment', value: ({ gatewayObjectId, id }) => gatewayObjectId ?? id },
          { title: 'Status', value: ({ status }) => words(status) },
          { title: 'Amount', value: ({ amount }) => moneyOf(amount) },
          { title: 'Refunded', value: ({ refunded }) => moneyOf(refunded) },
          { title: 'Disputed', value: ({ disputed }) => moneyOf(disputed) },
          { title: 'Received', value: ({ receivedAt }) => receivedAt },
          { title: 'Why', value: ({ reason }) => reason, wraps: true },
        ],
        order.payments,
      ),
    )
  }
  if (order.refunds.length > 0) {
    tables.push(
      table<AdminRefund>(
        [
          { title: 'Refund', value: ({ gatewayRefundId, id }) => gatewayRefundId ?? id },
          { title: 'Status', value: ({ status }) => words(status) },
          { title: 'Amount', value: ({ amount }) => moneyOf(amount) },
          { title: 'By', value: ({ origin, actor }) => actor ?? origin },
          { title: 'Requested', value: ({ requestedAt }) => requestedAt },
        ],
        order.refunds,
      ),
    )
  }
  if (order.tickets.length > 0) {
    tables.push(
      table<ShownTicket>(
        [
          { title: 'Ticket', value: ({ id }) => id },
          { title: 'Tier', value: ({ tierName }) => tierName, wraps: true },
          { title: 'Status', value: ({ status }) => status },
        ],
        order.tickets,
      ),
    )
  }
  return tables
}

const view = (order: ShownOrder, canvas: Canvas): string => {
  const { paint } = canvas
  const { buyer, holdExpiresAt, fulfilledAt, reviewReason } = order
  const head = [
    `${paint('bold', `Order ${order.id}`)}  ${words(order.status)}  ${moneyOf(order.total)}`,
    `Event ${order.eventId}`,
    `Buyer ${plainText(buyer.name)}, ${plainText(buyer.email)}`,
    `Created ${order.createdAt}${fulfilledAt ? `, fulfilled ${fulfilledAt}` : ''}`,
    ...(holdExpiresAt ? [`Held until ${holdExpiresAt}`] : []),
    ...(reviewReason ? [paint('red', `Waits for a person: ${plainText(reviewReason)}`)] : []),
  ]
  return [head.join('\n'), ...parts(order, canvas)].join('\n\n')
}

const findOne = async ({ kit }: OpenHost, reference: string, event: string | undefined): Promise<AdminOrder> => {
  const places = (await kit.orders.locate(reference)).filter(({ eventId }) => event === undefined || eventId === event)
  const [place, ...others] = places
  if (!place) throw new CliError('refused', 'not_found', `There is no order, ticket, session or payment ${reference}.`)
  if (others.length > 0) {
    const list = places.map(({ eventId }: OrderPlace) => eventId).join(', ')
    throw new CliError(
      'refused',
      'conflict',
      `${reference} stands in several events: name one of them by --event (${list}).`,
    )
  }
  return kit.orders.get(place)
}

/** `venuekit orders show` */
export const addOrders: AddCommand = (program, cli) => {
  const orders = program.command('orders').description("buyers' orders")
  orders
    .command('show')
    .description('one order with its money and its tickets; their codes are not shown')
    .argument('<id>', "an order's or ticket's id, or the gateway's of a session or payment")
    .option('--event <id>', 'where the same id stands in several events', uuidOption)
    .option('--show-email', "the buyer's name and address, which are masked otherwise")
    .action(async (id, { event, showEmail = false }) => {
      const order = await cli.withKit(open => findOne(open, id, event))
      cli.answer(toShown(order, showEmail), view, { emails: showEmail ? 'keep' : 'mask' })
    })
}
