import type { Purchase } from '@venuekit/core/contracts'
import type { JSX as PreactJsx } from 'preact'
import type { JSX as ReactJsx } from 'react'
import { expect, expectTypeOf, test } from 'vitest'
import type { GlobalComponents } from 'vue'
import type { JSX as VueJsx } from 'vue/jsx-runtime'
import type { VenueKitTicketsElement } from './element.ts'
import './preact.ts'
import './react.ts'
import './vue.ts'

type InReact = ReactJsx.IntrinsicElements['venuekit-tickets']
type InPreact = PreactJsx.IntrinsicElements['venuekit-tickets']
type InVue = InstanceType<GlobalComponents['venuekit-tickets']>['$props']

/** Never run: what the compiler takes and refuses is the test. */
const promises = () => {
  const bought = ({ detail }: CustomEvent<Purchase>) => detail.transaction_id
  const common = { 'event-id': 'e', publishableKey: 'vk_pub_1', theme: 'dark', messages: { pay: 'Pay' } } as const
  const inReact: InReact = { ...common, className: 'shop', 'onvenuekit-purchase': bought, children: 'Soon' }
  const inPreact: InPreact = { ...common, class: 'shop', 'onvenuekit-purchase': bought, children: 'Soon' }
  const inVue: InVue = { ...common, class: ['shop'], onVenuekitPurchase: bought, key: 1 }
  // @ts-expect-error a name outside the table's choice
  const wrongTheme: InReact['theme'] = 'neon'
  // @ts-expect-error the client is a property alone
  const wrongClient: InPreact['client'] = 'https://api.example'
  // @ts-expect-error another event's detail
  const wrongListener: InReact['onvenuekit-purchase'] = ({ detail }) => detail.postId
  // @ts-expect-error there is no such event
  const wrongEvent: InVue = { onVenuekitSold: bought }
  // @ts-expect-error there is no such attribute
  const wrongAttribute: InReact = { 'feed-id': 'f' }
  const element = document.createElement('venuekit-tickets')
  element.addEventListener('venuekit-purchase', bought)
  document.addEventListener('venuekit-order-created', ({ detail }) => detail.orderId)
  // @ts-expect-error another event's detail
  element.addEventListener('venuekit-purchase', ({ detail }) => detail.orderId)
  return [inReact, inPreact, inVue, wrongTheme, wrongClient, wrongListener, wrongEvent, wrongAttribute]
}

test('JSX and templates know the elements, their attributes and their events', () => {
  expect(promises).toBeTypeOf('function')
  expectTypeOf<ReactJsx.IntrinsicElements['venuekit-button']['event-id']>().toEqualTypeOf<string | null | undefined>()
  expectTypeOf<PreactJsx.IntrinsicElements['venuekit-button']['loading']>().toEqualTypeOf<
    'eager' | 'lazy' | undefined
  >()
  expectTypeOf<VueJsx.IntrinsicElements['venuekit-button']['locale']>().toEqualTypeOf<string | null | undefined>()
  expectTypeOf<VenueKitTicketsElement['eventId']>().toEqualTypeOf<string | null>()
})
