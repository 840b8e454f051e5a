import { countText, shareText } from '../format/countText.ts'

interface Counted {
  id: string
  name: string
  capacity: number
  reserved: number
  issued: number
}

const percent = (part: number, whole: number): string => `${whole > 0 ? Math.min(100, (100 * part) / whole) : 0}%`

/** Sold and reserved of a capacity as one bar; the words beside it say the same. */
export const PlaceBar = ({ issued, reserved, capacity }: Omit<Counted, 'id' | 'name'>) => {
  const over = issued + reserved > capacity
  return (
    <span class={`bar ${over ? 'is-over' : ''}`} aria-hidden="true">
      <span class="bar-issued" style={{ inlineSize: percent(issued, capacity) }} />
      <span
        class="bar-reserved"
        style={{ inlineSize: percent(Math.min(reserved, Math.max(0, capacity - issued)), capacity) }}
      />
    </span>
  )
}

/** Each tier or pool with what it sold. */
export const TierBars = ({ tiers, label }: { tiers: readonly Counted[]; label: string }) => (
  <ul class="tiers" aria-label={label}>
    {tiers.map(tier => (
      <li key={tier.id}>
        <span class="tier-name" dir="auto">
          {tier.name}
        </span>
        <PlaceBar {...tier} />
        <span class="tier-count">
          {countText(tier.issued)} sold{tier.reserved > 0 && `, ${countText(tier.reserved)} reserved`} of{' '}
          {countText(tier.capacity)}
          <span class="hint"> {shareText(tier.issued, tier.capacity)}</span>
        </span>
      </li>
    ))}
  </ul>
)
