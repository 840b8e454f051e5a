import type { Failure } from '../flow/failure.ts'
import type { MessageName } from '../messages.ts'

interface FailureText {
  title: MessageName
  text: MessageName
}

const offline: FailureText = { title: 'offlineTitle', text: 'offlineText' }
const busy: FailureText = { title: 'busyTitle', text: 'busyText' }

const texts: { readonly [code: string]: FailureText } = {
  network: offline,
  timeout: offline,
  gateway_unavailable: { title: 'gatewayTitle', text: 'gatewayText' },
  busy,
  rate_limited: busy,
}

/** What a buyer is told of a call that failed and may be tried again. */
export const failureText = ({ code }: Failure): FailureText =>
  (Object.hasOwn(texts, code) && texts[code]) || { title: 'faultTitle', text: 'faultText' }

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
