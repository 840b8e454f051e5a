import type { Checkout, CreateOrderResponse, Order, VenueEvent } from '@venuekit/core/contracts'
import type { BuyerField } from '../buyer.ts'
import type { Failure } from './failure.ts'

/** All that can happen to the flow. `at` is this device's clock when an answer came, in milliseconds. */
export type FlowEvent =
  // The buyer
  | { type: 'quantitySet'; tierId: string; quantity: number }
  | { type: 'buyerTyped'; field: BuyerField; value: string }
  | { type: 'submitted'; key: string }
  | { type: 'retried' }
  | { type: 'orderChanged' }
  | { type: 'resumed' }
  | { type: 'released' }
  | { type: 'extended'; key: string }
  | { type: 'resendWanted' }
  | { type: 'restarted' }
  // The server
  | { type: 'eventLoaded'; event: VenueEvent }
  | { type: 'eventFailed'; failure: Failure }
  | { type: 'orderCreated'; created: CreateOrderResponse; at: number }
  | { type: 'reserveFailed'; failure: Failure }
  | { type: 'checkoutOpened'; order: Order; checkout: Checkout; at: number }
  | { type: 'checkoutFailed'; failure: Failure }
  | { type: 'orderReleased' }
  | { type: 'holdExtended'; order: Order; at: number }
  | { type: 'extendFailed'; failure: Failure }
  | { type: 'ticketsSent' }
  | { type: 'resendFailed'; failure: Failure }
  | { type: 'releaseFailed'; failure: Failure }
  | { type: 'orderSynced'; order: Order; at: number }
  | { type: 'syncFailed'; failure: Failure }
  // The gateway's form on this page
  | { type: 'paidHere' }
  | { type: 'embedRefused' }
  // The clock and the page
  | { type: 'ticked'; at: number }
  | { type: 'cameBack' }
  // Another tab of this site
  | { type: 'deviceChanged'; token: string | null }
  | { type: 'orderElsewhere'; token: string }

export type FlowEventOf<Type extends FlowEvent['type']> = Extract<FlowEvent, { type: Type }>
