import { Hono } from 'hono'
import * as z from 'zod/mini'
import type { TwinContext } from './apiCall.ts'
import { apiFaults, deliveryFaults, refundFaults } from './faults.ts'
import { inputProblem } from './inputProblem.ts'
import { Refusal } from './refusal.ts'
import type { TwinControl } from './twinControl.ts'

const faultKinds = { api: apiFaults, deliveries: deliveryFaults, refunds: refundFaults }

const words = z.string().check(z.minLength(1))

const payBody = z.strictObject({ method: z.optional(words), email: z.optional(words), name: z.optional(words) })
const declineBody = z.strictObject({ reason: z.optional(words) })
const settleBody = z.strictObject({ succeeded: z._default(z.boolean(), true) })
const refundBody = z.strictObject({
  amount: z.optional(z.int()),
  reason: z.optional(z.enum(['duplicate', 'fraudulent', 'requested_by_customer'])),
})
const disputeBody = z.strictObject({ reason: z.optional(words), inquiry: z.optional(z.boolean()) })
const closeBody = z.strictObject({ won: z.boolean() })
const clockBody = z.strictObject({ advanceMs: z.int().check(z.nonnegative()) })
const webhookBody = z.strictObject({
  url: z.nullable(z.url()),
  secret: z.optional(words),
  payload: z.optional(z.enum(['snapshot', 'thin', 'both'])),
})
const nothing = z.strictObject({})

type Act = (body: unknown, id: string) => object | Promise<object>

const act =
  <Schema extends z.ZodMiniType>(
    schema: Schema,
    run: (body: z.output<Schema>, id: string) => object | Promise<object>,
  ): Act =>
  (body, id) => {
    const read = schema.safeParse(body)
    if (read.success) return run(read.data, id)
    throw new Refusal(400, { type: 'invalid_request_error', message: inputProblem(read.error) })
  }

/** The control surface, route by route. Everything here can be done in process by `TwinControl` as well. */
const routes = (control: TwinControl): Record<string, Act> => ({
  'POST /_twin/sessions/:id/pay': act(payBody, (body, id) => control.pay(id, body)),
  'POST /_twin/sessions/:id/decline': act(declineBody, (body, id) => control.decline(id, body.reason)),
  'POST /_twin/sessions/:id/abandon': act(nothing, (_body, id) => control.abandon(id)),
  'POST /_twin/sessions/:id/expire': act(nothing, (_body, id) => control.expire(id)),
  'POST /_twin/sessions/:id/settle': act(settleBody, (body, id) => control.settlePayment(id, body.succeeded)),
  'POST /_twin/charges/:id/refund': act(refundBody, (body, id) => control.refundInDashboard(id, body)),
  'POST /_twin/charges/:id/dispute': act(disputeBody, (body, id) => control.dispute(id, body)),
  'POST /_twin/disputes/:id/close': act(closeBody, (body, id) => control.closeDispute(id, body.won)),
  'POST /_twin/refunds/:id/settle': act(settleBody, (body, id) => control.settleRefund(id, body.succeeded)),
  'GET /_twin/faults': act(nothing, () => ({ faults: control.faults() })),
  'POST /_twin/faults': (body: unknown) => control.addFault(body),
  'DELETE /_twin/faults': act(nothing, () => control.clearFaults()),
  'POST /_twin/idempotency-keys/forget': act(nothing, () => control.forgetKeys()),
  'GET /_twin/requests': act(nothing, () => ({ requests: control.requests() })),
  'GET /_twin/deliveries': act(nothing, () => ({ deliveries: control.deliveries() })),
  'POST /_twin/deliveries/flush': act(nothing, () => control.flush()),
  'POST /_twin/deliveries/:id/resend': act(nothing, (_body, id) => control.resend(id)),
  'PUT /_twin/webhook': act(webhookBody, body => control.setWebhook(body)),
  'GET /_twin/clock': act(nothing, () => control.clock()),
  'POST /_twin/clock': act(clockBody, body => control.advance(body.advanceMs)),
  'POST /_twin/reset': act(nothing, () => control.reset()),
})

const readBody = async (context: TwinContext): Promise<unknown> => {
  const text = context.req.method === 'GET' ? '' : await context.req.text()
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal(400, { type: 'invalid_request_error', message: 'The body is no JSON.' })
  }
}

/** What `GET /_twin` answers, for whoever looks for the way. */
const guide = (names: string[]) => ({ routes: names, faults: faultKinds })

/** JSON over HTTP for tests in other processes and other languages. Needs no key: the twin holds no money. */
export const controlApp = (control: TwinControl) => {
  const app = new Hono<{ Bindings: TwinContext['env'] }>()
  const table = routes(control)
  app.get('/_twin', context => context.json(guide(Object.keys(table))))
  for (const [route, run] of Object.entries(table)) {
    const [method = '', path = ''] = route.split(' ')
    app.on(method, path, async context => {
      try {
        return context.json(await run(await readBody(context), context.req.param('id') ?? ''))
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        return context.json({ error: error.body }, error.status as 400)
      }
    })
  }
  return app
}
