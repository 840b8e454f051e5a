import { type BuyerDraft, type BuyerErrors, type BuyerField, buyerFields } from '../buyer.ts'
import type { Ui } from '../view/Ui.ts'

interface Props {
  ui: Ui
  buyer: BuyerDraft
  errors: BuyerErrors
  locked: boolean
}

const inputs = {
  name: { type: 'text', autocomplete: 'name', inputMode: 'text' },
  email: { type: 'email', autocomplete: 'email', inputMode: 'email' },
} as const

export const BuyerFields = ({ ui, buyer, errors, locked }: Props) => (
  <fieldset class="buyer" part="buyer">
    <legend>{ui.text('buyerDetails')}</legend>
    {buyerFields.map(field => (
      <Field key={field} ui={ui} field={field} value={buyer[field]} error={errors[field]} locked={locked} />
    ))}
  </fieldset>
)

interface FieldProps {
  ui: Ui
  field: BuyerField
  value: string
  error: BuyerErrors[BuyerField]
  locked: boolean
}

const Field = ({ ui, field, value, error, locked }: FieldProps) => (
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
      aria-describedby={error ? `vk-${field}-error` : field === 'email' ? 'vk-email-hint' : undefined}
      onInput={({ currentTarget }) => ui.dispatch({ type: 'buyerTyped', field, value: currentTarget.value })}
    />
    {error ? (
      <p class="error" id={`vk-${field}-error`}>
        {ui.text(error)}
      </p>
    ) : (
      field === 'email' && (
        <p class="muted small" id="vk-email-hint">
          {ui.text('emailHint')}
        </p>
      )
    )}
  </div>
)
