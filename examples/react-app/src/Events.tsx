import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { createId, currencyDigits, type VenueKit, VenueKitError } from '@venuekit/core'
import type { Tier, VenueEvent } from '@venuekit/core/contracts'
import { type SubmitEvent, useState } from 'react'

interface EventsProps {
  venuekit: VenueKit
  leave: (url: string) => void
}

export const Events = ({ venuekit, leave }: EventsProps) => {
  const events = useInfiniteQuery(venuekit.queries.events())
  return (
    <section aria-labelledby="coming">
      <h2 id="coming">Coming</h2>
      {events.isPending && <p className="quiet">Looking into the calendar …</p>}
      {events.isError && (
        <p role="alert">
          {events.error.message}{' '}
          <button type="button" onClick={() => events.refetch()}>
            Try again
          </button>
        </p>
      )}
      {events.data?.pages.flatMap(page =>
        page.items.map(event => <Night key={event.id} venuekit={venuekit} leave={leave} event={event} />),
      )}
      {events.hasNextPage && (
        <button type="button" className="more" onClick={() => events.fetchNextPage()}>
          Later nights
        </button>
      )}
    </section>
  )
}

const priceOf = ({ amountMinor, currency }: Tier['price']): string => {
  if (amountMinor === 0) return 'free'
  const digits = currencyDigits(currency)
  const format = { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits } as const
  return new Intl.NumberFormat('en', format).format(amountMinor / 10 ** digits)
}

const words: Record<string, string> = {
  sold_out: 'Sold out a moment ago.',
  price_changed: 'The price has changed: look again.',
  sales_closed: 'Sales have closed.',
}

const Night = ({ venuekit, leave, event }: EventsProps & { event: VenueEvent }) => {
  const when = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'short', timeZone: event.timeZone })
  return (
    <article className="night">
      <h3>{event.name}</h3>
      <p className="quiet">{when.format(new Date(event.startsAt))}</p>
      {event.tiers.map(tier => (
        <Offer key={tier.id} venuekit={venuekit} leave={leave} event={event} tier={tier} />
      ))}
    </article>
  )
}

const Offer = ({ venuekit, leave, event, tier }: EventsProps & { event: VenueEvent; tier: Tier }) => {
  // The same key for each try of one purchase: a click too many buys nothing twice.
  const [idempotencyKey, renewKey] = useState(createId)
  const buy = useMutation(venuekit.mutations.createOrder())
  const order = (submitted: SubmitEvent<HTMLFormElement>) => {
    submitted.preventDefault()
    const form = new FormData(submitted.currentTarget)
    const draft = {
      idempotencyKey,
      eventId: event.id,
      items: [{ tierId: tier.id, quantity: 1 }],
      buyer: { name: String(form.get('name')), email: String(form.get('email')) },
      returnUrl: location.origin,
      expectedTotalMinor: tier.price.amountMinor,
    }
    buy.mutate(draft, {
      onSuccess: ({ checkout }) => {
        renewKey(createId())
        if (checkout.kind === 'redirect') leave(checkout.url)
      },
      // Refused for good, the next try is another order; lost on the way, it is the same one.
      onError: error => {
        if (error instanceof VenueKitError && !error.retryable) renewKey(createId())
      },
    })
  }
  const isOpen = tier.status === 'on_sale' && event.status === 'scheduled'
  return (
    <details className="offer" name={event.id}>
      <summary>
        {tier.name} <span className="price">{isOpen ? priceOf(tier.price) : tier.status.replace('_', ' ')}</span>
      </summary>
      {isOpen && (
        <form onSubmit={order}>
          <label>
            Name <input name="name" autoComplete="name" required defaultValue={venuekit.viewer?.name} />
          </label>
          <label>
            E-mail <input name="email" type="email" autoComplete="email" required />
          </label>
          <button type="submit" disabled={buy.isPending}>
            {tier.price.amountMinor === 0 ? 'Take one' : 'Buy one'}
          </button>
          {buy.isError && <p role="alert">{wordsFor(buy.error)}</p>}
          {buy.data?.checkout.kind === 'free' && <p role="status">Yours: the ticket is in your mail.</p>}
        </form>
      )}
    </details>
  )
}

/** Branch on `code`, never on the message. */
const wordsFor = (error: Error): string =>
  (error instanceof VenueKitError ? words[error.code] : undefined) ?? error.message
