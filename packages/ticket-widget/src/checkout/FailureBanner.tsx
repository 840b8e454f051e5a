import type { Failure } from '../flow/failure.ts'
import { Banner } from '../view/Banner.tsx'
import type { Ui } from '../view/Ui.ts'
import { failureText } from './failureText.ts'

/** A call that failed and may be tried again; stands beside the button that does it. */
export const FailureBanner = ({ ui, failure, attempt = 0 }: { ui: Ui; failure: Failure; attempt?: number }) => {
  const { title, text } = failureText(failure)
  return (
    <Banner tone="danger" title={ui.text(title)} focusKey={`failure ${failure.code} ${attempt}`}>
      <p>{ui.text(text)}</p>
    </Banner>
  )
}
