import { Component } from 'preact'
import type { Done } from '../flow/flowState.ts'
import { Button } from '../view/Button.tsx'
import { shortId } from '../view/shortId.ts'
import type { ReceiptPart, Ui } from '../view/Ui.ts'

interface Props {
  ui: Ui
  state: Done
}

interface Loaded {
  Receipt: ReceiptPart['Receipt'] | null
  failed: boolean
}

/** The order is through. The tickets with their codes come in a chunk of their own. */
export class DoneOrder extends Component<Props, Loaded> {
  override state: Loaded = { Receipt: null, failed: false }

  override componentDidMount(): void {
    void this.load()
  }

  async load(): Promise<void> {
    this.setState({ failed: false })
    try {
      const { Receipt } = await this.props.ui.loadReceipt()
      this.setState({ Receipt })
    } catch {
      this.setState({ failed: true })
    }
  }

  override render({ ui, state }: Props, { Receipt, failed }: Loaded) {
    const { order } = state
    return (
      <div class="done" tabIndex={-1} data-focus="done">
        <div class="panel success">
          <svg class="sign" viewBox="0 0 24 24" aria-hidden="true">
            <path d="m6.5 12.5 3.5 3.5 7.5-8" />
          </svg>
          <h3>{ui.text('doneTitle')}</h3>
          <p class="muted">{ui.text('doneText', { email: order.buyer.email })}</p>
          <p class="muted small figures">{ui.text('orderNumber', { number: shortId(order) })}</p>
        </div>
        {Receipt ? (
          <Receipt ui={ui} state={state} />
        ) : (
          !failed && order.tickets.map(ticket => <div key={ticket.id} class="stub bone" aria-hidden="true" />)
        )}
        {failed && (
          <div class="actions" role="alert">
            <p>{ui.text('codesFailed')}</p>
            <Button kind="quiet" onClick={() => void this.load()}>
              {ui.text('retry')}
            </Button>
          </div>
        )}
        <div class="actions">
          <Button kind="quiet" onClick={() => ui.dispatch({ type: 'restarted' })}>
            {ui.text('buyMore')}
          </Button>
        </div>
      </div>
    )
  }
}
