import type Stripe from 'stripe'
import { defineOperation, type Operation } from './operation.ts'
import { Refusal } from './refusal.ts'
import type { TwinState } from './state.ts'

const accountObject = (state: TwinState): Stripe.Account => ({
  id: state.account,
  object: 'account',
  business_type: 'company',
  capabilities: { card_payments: 'active', transfers: 'active' },
  charges_enabled: true,
  country: 'US',
  created: 1_700_000_000,
  default_currency: 'usd',
  details_submitted: true,
  email: 'promoter@example.com',
  external_accounts: {
    object: 'list',
    data: [],
    has_more: false,
    url: `/v1/accounts/${state.account}/external_accounts`,
  },
  metadata: {},
  payouts_enabled: true,
  type: 'standard',
})

const retrieveCurrent = defineOperation({
  method: 'GET',
  path: '/v1/account',
  shape: {},
  run: state => accountObject(state),
})

const retrieve = defineOperation({
  method: 'GET',
  path: '/v1/accounts/:id',
  shape: {},
  run: (state, id) => {
    if (id === state.account) return accountObject(state)
    throw new Refusal(403, {
      type: 'invalid_request_error',
      code: 'account_invalid',
      message: `The provided key does not have access to account '${id}' (or that account does not exist).`,
    })
  },
})

export const accountOperations: Operation[] = [retrieveCurrent, retrieve]
