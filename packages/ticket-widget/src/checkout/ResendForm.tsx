import type { Resending } from '../flow/flowState.ts'
import { Banner } from '../view/Banner.tsx'
import { Button } from '../view/Button.tsx'
import { Panel } from '../view/Panel.tsx'
import type { Ui } from '../view/Ui.ts'
import { BuyerField } from './BuyerFields.tsx'
import { checkBuyer } from './checkBuyer.ts'
import { mailSign } from './signs.ts'

/** Asks where the tickets were sent, and says the same whether or not that address is known. */
export const ResendForm = ({ ui, state }: { ui: Ui; state: Resending }) =>
  state.step === 'sent' ? (
    <Panel
      sign={mailSign}
      title={ui.text('resendSentTitle')}
      text={ui.text('resendSentText', { email: state.buyer.email.trim() })}
    >
      <div class="actions">
        <BackButton ui={ui} />
      </div>
    </Panel>
  ) : (
    <form
      class="held"
      noValidate
      tabIndex={-1}
      data-focus="resend"
      onSubmit={submitted => {
        submitted.preventDefault()
        ui.dispatch({ type: 'submitted', key: '' })
      }}
    >
      <h3>{ui.text('resendTitle')}</h3>
      <p class="muted">{ui.text('resendText')}</p>
      <div class="lone">
        <BuyerField
          ui={ui}
          field="email"
          value={state.buyer.email}
          error={state.checked ? checkBuyer(state.buyer).email : undefined}
          locked={state.step === 'sending'}
          hint={false}
        />
      </div>
      {state.failure && (
        <Banner
          tone="danger"
          title={ui.text(state.failure.code === 'rate_limited' ? 'resendBusy' : 'resendFailed')}
          focusKey={`resend ${state.attempt}`}
        />
      )}
      <div class="actions">
        <Button kind="primary" submit busy={state.step === 'sending'}>
          {ui.text(state.step === 'sending' ? 'sendingAgain' : 'sendAgain')}
        </Button>
        <BackButton ui={ui} />
      </div>
    </form>
  )

const BackButton = ({ ui }: { ui: Ui }) => (
  <Button kind="quiet" onClick={() => ui.dispatch({ type: 'orderChanged' })}>
    {ui.text('backToTickets')}
  </Button>
)
