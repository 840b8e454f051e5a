import type { CreateOrderRequest } from '@venuekit/core/contracts'
import type { SqlResult } from '../ports/database.ts'
import { ProblemError } from './problemError.ts'

type Refusal = Exclude<SqlResult<'ticketing.reserve_order'>, { outcome: 'reserved' }>
type Outcome = Refusal['outcome']

const atTiers = (body: CreateOrderRequest, tierIds: string[], message: string): Record<string, string> =>
  Object.fromEntries(
    body.items.flatMap((item, index) => (tierIds.includes(item.tierId) ? [[`items.${index}.tierId`, message]] : [])),
  )

const problems: {
  [Name in Outcome]: (refusal: Extract<Refusal, { outcome: Name }>, body: CreateOrderRequest) => ProblemError
} = {
  sold_out: ({ tierIds }, body) =>
    new ProblemError('sold_out', {
      detail: 'There are not as many places left.',
      fields: atTiers(body, tierIds, 'not enough places left'),
    }),
  price_changed: ({ totalMinor }) =>
    new ProblemError('price_changed', {
      detail: 'Show the buyer the new total and order anew.',
      fields: { expectedTotalMinor: `the total is ${totalMinor} now` },
    }),
  sales_closed: ({ tierIds }, body) =>
    new ProblemError('sales_closed', { fields: atTiers(body, tierIds, 'not on sale') }),
  limit_exceeded: ({ maximum }) =>
    new ProblemError('limit_exceeded', { fields: { items: `at most ${maximum} places at a time` } }),
  too_many_holds: ({ maximum }) =>
    new ProblemError('limit_exceeded', {
      detail: `This buyer holds ${maximum} unpaid orders already: pay or cancel one first.`,
      fields: { 'buyer.email': `at most ${maximum} unpaid orders at a time` },
    }),
  unknown_tier: ({ tierIds }, body) =>
    new ProblemError('invalid_request', { fields: atTiers(body, tierIds, 'no tier of this event') }),
  idempotency_conflict: () =>
    new ProblemError('idempotency_conflict', { detail: 'Another order was made under this key: take a new one.' }),
  not_found: () => new ProblemError('not_found', { detail: 'No such event.' }),
}

/** What a refused reservation tells the buyer's page. */
export const reservationProblem = (refusal: Refusal, body: CreateOrderRequest): ProblemError => {
  const explain = problems[refusal.outcome] as (refusal: Refusal, body: CreateOrderRequest) => ProblemError
  return explain(refusal, body)
}
