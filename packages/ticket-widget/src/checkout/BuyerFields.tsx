import { type BuyerDraft, type BuyerErrors, type BuyerField as BuyerFieldName, buyerFields } from '../buyer.ts'
import type { Ui } from '../view/Ui.ts'

interface Props {
  ui: Ui
  buyer: BuyerDraft
  errors: BuyerErrors
  locked: boolean
}

const inputs = {
  name: { type: 'text', autocomplete: 'name', inputMode: 'text' },
  // An address that is half written would else be turned round among Arabic words.
  email: { type: 'email', autocomplete: 'email', inputMode: 'email', dir: 'ltr' },
} as const

export const BuyerFields = ({ ui, buyer, errors, locked }: Props) => (
  <fieldset class="buyer" part="buyer">
    <legend>{ui.text('buyerDetails')}</legend>
    {buyerFields.map(field => (
      <BuyerField key={field} ui={ui} field={field} value={buyer[field]} error={errors[field]} locked={locked} />
    ))}
  </fieldset>
)

interface FieldProps {
  /** False where the tickets are not sent there for the first time. */
  hint?: boolean
  ui: Ui
  field: BuyerFieldName
  value: string
  error: BuyerErrors[BuyerFieldName]
  locked: boolean
}

export const BuyerField = ({ ui, field, value, error, locked, hint = field === 'email' }: FieldProps) => (
  <div class="field">
    <label for={`vk-${field}`}>{ui.text(field)}</label>
    <input
      {...inputs[field]}
      id={`vk-${field}`}
      name={field}
      part="input"
      required
      value={value}
      readOnly={locked}
      spellcheck={false}
      autocapitalize={field === 'email' ? 'off' : 'words'}
      aria-invalid={error ? 'true' : undefined}
      aria-describedby={error ? `vk-${field}-error` : hint ? 'vk-email-hint' : undefined}
      onInput={({ currentTarget }) => ui.dispatch({ type: 'buyerTyped', field, value: currentTarget.value })}
    />
    {error ? (
      <p class="error" id={`vk-${field}-error`}>
        {ui.text(error)}
      </p>
    ) : (
      hint && (
        <p class="muted small" id="vk-email-hint">
          {ui.text('emailHint')}
        </p>
      )
    )}
  </div>
)
