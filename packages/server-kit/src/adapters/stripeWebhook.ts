import type Stripe from 'stripe'
import type { GatewayEvent } from '../ports/gateway.ts'
import { GatewayError } from '../ports/gatewayError.ts'

const toleranceSeconds = 300

const bad = (message: string, cause?: unknown) => new GatewayError('bad_signature', message, { cause })

const timestampOf = (header: string): number => {
  const match = /(?:^|,)\s*t=(\d{1,12})(?:,|$)/.exec(header)
  if (!match)
    throw bad(
      'The Stripe-Signature header holds no timestamp: it should read `t=…,v1=…`. Send the request as Stripe sent it.',
    )
  return Number(match[1])
}

/** The SDK looks into the past only; a captured request with a far timestamp would stay valid for ever. */
const checkTime = (timestamp: number, now: number): void => {
  const ahead = timestamp - Math.floor(now / 1000)
  if (Math.abs(ahead) <= toleranceSeconds) return
  const where = ahead > 0 ? `${ahead} s in the future` : `${-ahead} s in the past`
  throw bad(
    `The webhook's timestamp lies ${where}; at most ${toleranceSeconds} s are taken. Check this machine's clock, or have Stripe send the event again.`,
  )
}

/** Verifies the body as it came: any of the secrets may fit, so that one can be rolled. */
export const verifySignature = async (
  stripe: Stripe,
  rawBody: string,
  header: string | null,
  { secrets, now }: { secrets: readonly string[]; now: number },
): Promise<void> => {
  if (!header)
    throw bad('There is no Stripe-Signature header: this request did not come from Stripe, or a proxy dropped it.')
  const timestamp = timestampOf(header)
  let failure: unknown
  for (const secret of secrets) {
    try {
      // 0 leaves the time to us; `checkTime` looks both ways.
      await stripe.webhooks.signature?.verifyHeaderAsync(rawBody, header, secret, 0)
      return checkTime(timestamp, now)
    } catch (error) {
      if (error instanceof GatewayError) throw error
      failure = error
    }
  }
  throw bad(
    "The signature fits none of the webhook secrets. Check that the endpoint's own secret (whsec_…) is configured, test and live each have theirs, and that the raw body reaches the kit unchanged.",
    failure,
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

const parse = (rawBody: string): Record<string, unknown> => {
  let payload: unknown
  try {
    payload = JSON.parse(rawBody)
  } catch (error) {
    throw bad('The webhook is signed, but its body is no JSON.', error)
  }
  if (isRecord(payload) && text(payload.id) && text(payload.type)) return payload
  throw bad('The webhook is signed, but its body is no event of Stripe’s.')
}

/** A thin event names its object under `related_object`, a snapshot carries it under `data.object`. */
const objectIdOf = (payload: Record<string, unknown>): string | null => {
  const related = payload.related_object
  if (isRecord(related)) return text(related.id)
  const data = isRecord(payload.data) ? payload.data.object : null
  return isRecord(data) ? text(data.id) : null
}

/** Either form of an event under the same type: `v1.charge.refunded` reads as `charge.refunded`. */
export const toGatewayEvent = (rawBody: string, ownAccount: string): GatewayEvent => {
  const payload = parse(rawBody)
  const account = text(payload.account) ?? text(payload.context)
  return {
    id: String(payload.id),
    type: String(payload.type).replace(/^v1\./, ''),
    mode: payload.livemode === true ? 'live' : 'test',
    account: account === ownAccount ? null : account,
    objectId: objectIdOf(payload),
    payload,
  }
}
