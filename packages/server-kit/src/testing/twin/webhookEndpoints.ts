import type Stripe from 'stripe'
import type { EndpointSettings } from './endpointSettings.ts'
import { cutPage, pageShape } from './list.ts'
import { defineOperation, type Operation } from './operation.ts'
import { apiVersion } from './state.ts'

const toWebhookEndpoint = (settings: EndpointSettings, index: number): Stripe.WebhookEndpoint => ({
  id: `we_${index + 1}TwinOfVenueKit`,
  object: 'webhook_endpoint',
  api_version: settings.apiVersion === undefined ? apiVersion : settings.apiVersion,
  application: null,
  created: 1_700_000_000,
  description: null,
  enabled_events: settings.events ?? ['*'],
  livemode: settings.live ?? false,
  metadata: {},
  status: settings.enabled === false ? 'disabled' : 'enabled',
  url: settings.url,
})

const { created: _created, ...shape } = pageShape

/** Stripe's list has no range of time. */
const list = defineOperation({
  method: 'GET',
  path: '/v1/webhook_endpoints',
  shape,
  run: (state, _id, page) =>
    cutPage('/v1/webhook_endpoints', 'webhook_endpoint', state.webhookEndpoints().map(toWebhookEndpoint), page),
})

export const webhookEndpointOperations: Operation[] = [list]
