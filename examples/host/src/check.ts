import { createClient, currencyDigits, type VenueKitClient } from '@venuekit/core'
import type { Order, Post } from '@venuekit/core/contracts'
import { checkVideos } from './checkVideos.ts'
import type { Finding } from './finding.ts'
import { nightIds, venue } from './programme.ts'
import type { DemoStack } from './stack.ts'

const buyer = { name: 'Ada Check', email: 'ada@check.example' }

/** Buys and posts as a visitor's page would, over real HTTP; prints what it saw. True if all was as promised. */
export const check = async (stack: DemoStack, print: (line: string) => void): Promise<boolean> => {
  const client = createClient({
    apiUrl: stack.apiUrl,
    publishableKey: venue.publishableKey,
    getToken: () => memberToken(stack.siteUrl),
    // A browser would say where the page is from.
    fetch: request => {
      request.headers.set('origin', stack.siteUrl)
      return fetch(request)
    },
  })
  const order = await buyTickets(client, stack)
  const mail = await readMail(stack, order)
  const post = await writePost(client)
  const findings: Finding[] = [
    {
      what: 'order',
      good: order.status === 'fulfilled' && order.tickets.length === 2,
      seen: `${order.id} ${order.status}, ${order.total.amountMinor / 10 ** currencyDigits(order.total.currency)} ${order.total.currency}`,
    },
    ...order.tickets.map(ticket => ({
      what: 'ticket',
      good: ticket.status === 'valid' && ticket.code.length > 0,
      seen: `${ticket.id} ${ticket.tierName}, ${ticket.status}`,
    })),
    { what: 'mail', good: mail !== null, seen: mail ?? 'none arrived within ten seconds' },
    {
      what: 'post',
      good: post !== null,
      seen: post ? `${post.id} ${post.author.name}: ${post.text}` : 'not in the feed',
    },
    ...(await checkVideos(client)),
  ]
  for (const { what, good, seen } of findings) print(`${good ? 'ok  ' : 'FAIL'} ${what.padEnd(7)} ${seen}`)
  return findings.every(({ good }) => good)
}

const memberToken = async (siteUrl: string) => {
  const { token } = (await (await fetch(`${siteUrl}/session`)).json()) as { token: string }
  return token
}

const buyTickets = async (client: VenueKitClient, stack: DemoStack): Promise<Order> => {
  const { items } = await client.listEvents({ query: {} })
  const night = items.find(({ id }) => id === nightIds.marit)
  const chair = night?.tiers[1]
  if (!night || !chair) throw new Error('The quartet is not on sale.')
  const { order, orderToken, checkout } = await client.createOrder({
    body: {
      eventId: night.id,
      items: [{ tierId: chair.id, quantity: 2 }],
      buyer,
      returnUrl: `${stack.siteUrl}/events/marit-halvorsen.html`,
      expectedTotalMinor: chair.price.amountMinor * 2,
    },
  })
  if (checkout.kind !== 'redirect') throw new Error(`The checkout is ${checkout.kind}: a pay page was expected.`)
  await payAtTheTwin(checkout.url)
  const synced = await client.syncOrder({ params: { orderId: order.id } }, { orderToken })
  return synced.order
}

/** What the button on the twin's pay page does. */
const payAtTheTwin = async (payPage: string) => {
  const sessionId = /cs_test_\w+/.exec(payPage)?.[0]
  const answer = await fetch(new URL(`/_twin/sessions/${sessionId}/pay`, payPage), { method: 'POST' })
  if (!answer.ok) throw new Error(`The twin refused the payment: ${await answer.text()}`)
}

/** The mail view's own answer, so that what is checked is what a person would see. */
const readMail = async (stack: DemoStack, order: Order): Promise<string | null> => {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    const page = await (await fetch(stack.mailUrl)).text()
    const mail = stack.mails.sent.find(({ to, order: about }) => to.email === buyer.email && about.id === order.id)
    if (mail && page.includes(mail.id))
      return `"${mail.subject}" to ${mail.to.email}, link ${mail.orderUrl?.split('#')[0] ?? '(none)'}`
    await new Promise(resolve => setTimeout(resolve, 100))
  }
  return null
}

const writePost = async (client: VenueKitClient): Promise<Post | null> => {
  const clientId = crypto.randomUUID()
  const params = { feedId: venue.feedId }
  await client.createPost({ params, body: { clientId, text: 'Two chairs for the quartet. See you upstairs.' } })
  const { items } = await client.listPosts({ params, query: {} })
  return items.find(post => post.clientId === clientId) ?? null
}
