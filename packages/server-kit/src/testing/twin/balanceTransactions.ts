import type Stripe from 'stripe'
import { seconds } from './clock.ts'
import { createId } from './ids.ts'
import { listPage, pageShape } from './list.ts'
import { defineOperation, type Operation } from './operation.ts'
import { notFound } from './refusal.ts'
import { text } from './rules.ts'
import type { TwinState } from './state.ts'

const day = 24 * 60 * 60

/** Stripe's list price for a European or US card, rounded to the minor unit. */
const feeOf = (amount: number) => Math.round(amount * 0.029) + 30

/** A movement on the balance; charges cost a fee, the rest moves what it says. */
export const createBalanceTransaction = (
  state: TwinState,
  movement: {
    amount: number
    currency: string
    source: string
    type: 'charge' | 'payment' | 'refund' | 'payment_refund' | 'refund_failure' | 'adjustment'
    category: string
    description?: string | null
    fee?: number
  },
): Stripe.BalanceTransaction => {
  const created = seconds(state.clock)
  const earned = movement.type === 'charge' || movement.type === 'payment'
  const fee = movement.fee ?? (earned ? Math.min(feeOf(movement.amount), movement.amount) : 0)
  const transaction: Stripe.BalanceTransaction = {
    id: createId('txn'),
    object: 'balance_transaction',
    amount: movement.amount,
    available_on: created + 2 * day,
    balance_type: 'payments',
    created,
    currency: movement.currency,
    description: movement.description ?? null,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [
            {
              amount: fee,
              application: null,
              currency: movement.currency,
              description: 'Stripe processing fees',
              type: 'stripe_fee',
            },
          ],
    net: movement.amount - fee,
    reporting_category: movement.category,
    source: movement.source,
    status: 'pending',
    type: movement.type,
  }
  state.balanceTransactions.set(transaction.id, transaction)
  return transaction
}

const retrieve = defineOperation({
  method: 'GET',
  path: '/v1/balance_transactions/:id',
  shape: {},
  run: (state, id) => {
    const transaction = state.balanceTransactions.get(id)
    if (!transaction) throw notFound('balance_transaction', id, 'id')
    return transaction
  },
})

const list = defineOperation({
  method: 'GET',
  path: '/v1/balance_transactions',
  shape: { ...pageShape, currency: text(), payout: text(), source: text(), type: text() },
  run: (state, _id, parameters) => {
    const matching = [...state.balanceTransactions.values()]
      .filter(() => parameters.payout === undefined)
      .filter(transaction => !parameters.currency || transaction.currency === parameters.currency)
      .filter(transaction => !parameters.source || transaction.source === parameters.source)
      .filter(transaction => !parameters.type || transaction.type === parameters.type)
    return listPage('/v1/balance_transactions', 'balance_transaction', matching, parameters)
  },
})

export const balanceTransactionOperations: Operation[] = [list, retrieve]
