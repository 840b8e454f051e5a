import { DatabaseError } from '../ports/databaseError.ts'
import type { GatewayEvent } from '../ports/gateway.ts'
import { GatewayError } from '../ports/gatewayError.ts'
import { isGatewayAway } from '../ports/isGatewayAway.ts'
import type { StoredWebhook } from '../ports/venuekitFunctions.ts'
import { checkInbox } from './checkHealth.ts'
import { errorText } from './errorText.ts'
import type { KitContext } from './kitContext.ts'
import { ProblemError } from './problemError.ts'
import { toStorable } from './unstorable.ts'
import { workOnWebhook } from './webhookWork.ts'

export type WebhookResult = 'done' | 'pending' | 'dead'

const parse = async (context: KitContext, rawBody: string, signature: string | null): Promise<GatewayEvent> => {
  try {
    return await context.gateway.parseWebhook(rawBody, signature)
  } catch (error) {
    if (!(error instanceof GatewayError) || error.kind !== 'bad_signature') throw error
    context.signatureFailures.note('stripe')
    throw new ProblemError('invalid_request', { title: 'The webhook signature is not valid', detail: error.message })
  }
}

/** Why an event is none of this kit's business; null where it is. */
const strangeness = ({ gateway }: KitContext, { account, mode }: StoredWebhook): string | null => {
  if (account !== gateway.account) return `ignored: account ${account}`
  return mode === gateway.mode ? null : `ignored: ${mode} event, the kit runs in ${gateway.mode} mode`
}

const finish = async (context: KitContext, webhook: StoredWebhook, note: string): Promise<WebhookResult> => {
  await context.database.call('venuekit.finish_webhook', {
    account: webhook.account,
    gateway_event_id: webhook.gatewayEventId,
    note,
  })
  return 'done'
}

/** What the work needs is away: the next event would fare no better. */
const isOutage = (error: unknown): boolean =>
  isGatewayAway(error) || (error instanceof DatabaseError && error.kind === 'unavailable')

const fail = async (context: KitContext, webhook: StoredWebhook, error: unknown): Promise<WebhookResult> => {
  const about = { gatewayEventId: webhook.gatewayEventId, type: webhook.type, error: errorText(error) }
  const { status } = await context.database.call('venuekit.fail_webhook', {
    account: webhook.account,
    gateway_event_id: webhook.gatewayEventId,
    error: about.error,
    is_outage: isOutage(error),
  })
  context.log.warn('a webhook failed', { ...about, status })
  if (status === 'dead') void context.background.run('check-inbox', () => checkInbox(context))
  return status
}

/** Works on a stored event, first delivery or a later try. Never throws for what the event itself brings about. */
export const processWebhook = async (context: KitContext, webhook: StoredWebhook): Promise<WebhookResult> => {
  let note: string
  try {
    note = strangeness(context, webhook) ?? (await workOnWebhook(context, webhook))
  } catch (error) {
    return fail(context, webhook, error)
  }
  return finish(context, webhook, note)
}

/**
 * Verifies, stores once, processes in the same request. Resolves when this delivery's work is committed, was done
 * before or was given up; throws where the gateway should deliver again. A bad signature stores nothing.
 */
export const receiveWebhook = async (
  context: KitContext,
  rawBody: string,
  signature: string | null,
): Promise<{ status: 'done' | 'dead' }> => {
  const event = await parse(context, rawBody, signature)
  const account = event.account ?? context.gateway.account
  const webhook: StoredWebhook = {
    account,
    gatewayEventId: event.id,
    type: event.type,
    mode: event.mode,
    // What a buyer wrote may stand in it.
    payload: toStorable(event.payload),
    tries: 0,
  }
  const stored = await context.database.call('venuekit.store_webhook', {
    account,
    gateway_event_id: event.id,
    type: event.type,
    mode: event.mode,
    payload: webhook.payload,
  })
  if (stored.status !== 'pending') return { status: stored.status }
  const result = await processWebhook(context, webhook)
  if (result === 'pending') {
    throw new ProblemError('busy', { title: 'The event is stored but not yet worked on', detail: 'Deliver it again.' })
  }
  return { status: result }
}
