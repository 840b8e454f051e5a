import type { Tier, VenueEvent } from '@venuekit/core/contracts'
import { type Cart, isOnSale, maximumOf } from '../cart.ts'
import { Stepper } from './Stepper.tsx'
import type { Ui } from './Ui.ts'

interface Props {
  ui: Ui
  event: VenueEvent
  tier: Tier
  cart: Cart
  locked: boolean
}

/** From how many places down the buyer is told how few are left. */
const lowStock = 10

export const TierRow = ({ ui, event, tier, cart, locked }: Props) => {
  const quantity = cart[tier.id] ?? 0
  const maximum = maximumOf(event, tier, cart)
  const open = isOnSale(event, tier)
  const hint = hintOf(ui, tier, quantity > 0 && quantity >= maximum ? maximum : null)
  return (
    <li class={open ? 'tier' : 'tier closed'} part="tier" data-tier={tier.id}>
      <div class="grow">
        <h3>{tier.name}</h3>
        {tier.description && <p class="muted small">{tier.description}</p>}
        <p class="price">
          <span class="figures">{tier.price.amountMinor === 0 ? ui.text('free') : ui.money(tier.price)}</span>
          {open && hint && <span class={`hint ${hint.tone}`}>{hint.text}</span>}
        </p>
      </div>
      {open ? (
        <Stepper ui={ui} tier={tier} quantity={quantity} maximum={maximum} locked={locked} />
      ) : (
        <span class="badge" part="badge">
          {event.status === 'scheduled' ? closedText(ui, event, tier) : ui.text('unavailable')}
        </span>
      )}
    </li>
  )
}

const hintOf = (ui: Ui, tier: Tier, maximum: number | null) => {
  if (tier.available <= lowStock) return { tone: 'scarce', text: ui.text('lastPlaces', { count: tier.available }) }
  return maximum ? { tone: '', text: ui.text('maximum', { count: maximum }) } : null
}

const closedText = (ui: Ui, event: VenueEvent, tier: Tier): string => {
  if (tier.status === 'ended') return ui.text('salesEnded')
  if (tier.status === 'sold_out' || tier.status === 'on_sale') return ui.text('soldOut')
  if (tier.status !== 'not_started') return ui.text('unavailable')
  return tier.salesStartAt
    ? ui.text('salesStart', { date: ui.time.moment(tier.salesStartAt, event.timeZone) })
    : ui.text('salesNotStarted')
}
