/** The `error` of an answer, as Stripe words it. */
export interface StripeErrorBody {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error'
  message: string
  code?: string
  param?: string
  charge?: string
  decline_code?: string
  doc_url?: string
  request_log_url?: string
}

/** A request that the twin turns down the way Stripe does. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly body: StripeErrorBody
  /** Stripe keeps the answer under the idempotency key only once the work itself had begun. */
  readonly begunWork: boolean

  constructor(status: number, body: StripeErrorBody, begunWork = true) {
    super(body.message)
    this.status = status
    this.body = body.code === undefined ? body : { ...body, doc_url: docUrl(body.code) }
    this.begunWork = begunWork
  }
}

const docUrl = (code: string) => `https://docs.stripe.com/error-codes#${code.replaceAll('_', '-')}`

/** A parameter that cannot be read: 400, nothing kept. */
export const badParameter = (param: string, message: string, code?: string): Refusal =>
  new Refusal(400, { type: 'invalid_request_error', message, param, ...(code && { code }) }, false)

/** A request that was understood and does not fit the state: 400, kept under its key. */
export const badState = (message: string, details: Pick<StripeErrorBody, 'code' | 'param' | 'charge'> = {}): Refusal =>
  new Refusal(400, { type: 'invalid_request_error', message, ...details })

export const notFound = (noun: string, id: string, param: string): Refusal =>
  new Refusal(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${noun}: '${id}'`,
    param,
  })
