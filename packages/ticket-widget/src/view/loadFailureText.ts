import type { Failure } from '../flow/failure.ts'
import type { MessageName } from '../messages.ts'

interface FailureText {
  title: MessageName
  text: MessageName
}

const setup: FailureText = { title: 'setupTitle', text: 'setupText' }

const loadTexts: { readonly [code: string]: FailureText } = {
  not_found: { title: 'unknownEventTitle', text: 'unknownEventText' },
  invalid_request: setup,
  unauthorized: setup,
  forbidden: setup,
}

/** What a buyer is told where there is nothing to choose from; trying again is offered where it may help. */
export const loadFailureText = ({ code }: Failure): FailureText =>
  (Object.hasOwn(loadTexts, code) && loadTexts[code]) || { title: 'loadTitle', text: 'loadText' }
