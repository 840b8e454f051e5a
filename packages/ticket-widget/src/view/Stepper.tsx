import type { Tier } from '@venuekit/core/contracts'
import type { Ui } from './Ui.ts'

interface Props {
  ui: Ui
  tier: Tier
  quantity: number
  maximum: number
  locked: boolean
}

export const Stepper = ({ ui, tier, quantity, maximum, locked }: Props) => {
  const set = (wanted: number) => {
    if (!locked) ui.dispatch({ type: 'quantitySet', tierId: tier.id, quantity: wanted })
  }
  const step = (by: number, label: string, path: string) => (
    <button
      type="button"
      class="step"
      part="stepper-button"
      aria-label={label}
      aria-disabled={locked || quantity + by < 0 || quantity + by > maximum ? 'true' : undefined}
      onClick={() => set(quantity + by)}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  )
  return (
    <div class={quantity > 0 ? 'steps some' : 'steps'} part="stepper">
      {step(-1, ui.text('removeOne', { tier: tier.name }), 'M5 10h10')}
      <input
        type="number"
        inputMode="numeric"
        min="0"
        max={maximum}
        step="1"
        aria-label={ui.text('quantityOf', { tier: tier.name })}
        value={quantity}
        readOnly={locked}
        onInput={({ currentTarget }) => set(currentTarget.valueAsNumber)}
        onBlur={({ currentTarget }) => {
          currentTarget.value = String(quantity)
        }}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      {step(1, ui.text('addOne', { tier: tier.name }), 'M5 10h10M10 5v10')}
    </div>
  )
}
