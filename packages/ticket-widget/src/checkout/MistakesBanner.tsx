import { type BuyerErrors, buyerFields } from '../buyer.ts'
import { Banner } from '../view/Banner.tsx'
import type { Ui } from '../view/Ui.ts'

interface Props {
  ui: Ui
  errors: BuyerErrors
  /** True where no ticket was chosen: then nothing else is asked yet. */
  empty: boolean
  tries: number
}

/** What keeps the buyer from going on; each mistake leads to its field. */
export const MistakesBanner = ({ ui, errors, empty, tries }: Props) => {
  const focusKey = `mistakes ${tries}`
  if (empty) return <Banner tone="danger" title={ui.text('noTickets')} focusKey={focusKey} />
  return (
    <Banner tone="danger" title={ui.text('checkForm')} focusKey={focusKey}>
      <ul>
        {buyerFields.map(field => {
          const error = errors[field]
          return (
            error && (
              <li key={field}>
                <a href={`#vk-${field}`} onClick={event => toField(event, `vk-${field}`)}>
                  {ui.text(error)}
                </a>
              </li>
            )
          )
        })}
      </ul>
    </Banner>
  )
}

/** A fragment never leads into a shadow root, and would change the page's address. */
const toField = (event: MouseEvent, id: string) => {
  event.preventDefault()
  const root = (event.currentTarget as HTMLElement).getRootNode() as ShadowRoot
  root.getElementById(id)?.focus()
}
