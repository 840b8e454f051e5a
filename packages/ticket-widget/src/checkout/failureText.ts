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
  forbidden: { title: 'challengeTitle', text: 'challengeText' },
  busy,
  rate_limited: busy,
}

/** What a buyer is told of a call that failed and may be tried again. */
export const failureText = ({ code }: Failure): FailureText =>
  (Object.hasOwn(texts, code) && texts[code]) || { title: 'faultTitle', text: 'faultText' }
