import type { Money } from '@venuekit/core/contracts'
import type { Ui } from '../view/Ui.ts'

interface Line {
  id: string
  name: string
  quantity: number
  total: Money
}

export const OrderLines = ({ ui, lines, total }: { ui: Ui; lines: Line[]; total: Money }) => (
  <dl class="sum" part="summary">
    {lines.map(line => (
      <div key={line.id}>
        <dt>{ui.text('lineItem', { count: line.quantity, tier: line.name })}</dt>
        <dd>{amount(ui, line.total)}</dd>
      </div>
    ))}
    <div class="total" part="total">
      <dt>{ui.text('total')}</dt>
      <dd>{amount(ui, total)}</dd>
    </div>
  </dl>
)

const amount = (ui: Ui, money: Money) => (money.amountMinor === 0 ? ui.text('free') : ui.money(money))
