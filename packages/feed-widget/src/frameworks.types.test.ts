import type { Post } from '@venuekit/core/contracts'
import type { JSX as PreactJsx } from 'preact'
import type { JSX as ReactJsx } from 'react'
import { expect, expectTypeOf, test } from 'vitest'
import type { GlobalComponents } from 'vue'
import './preact.ts'
import './react.ts'
import './vue.ts'

type InReact = ReactJsx.IntrinsicElements['venuekit-feed']
type InPreact = PreactJsx.IntrinsicElements['venuekit-feed']
type InVue = InstanceType<GlobalComponents['venuekit-feed']>['$props']

/** Never run: what the compiler takes and refuses is the test. */
const promises = () => {
  const posted = ({ detail }: CustomEvent<{ post: Post }>) => detail.post.id
  const common = { 'feed-id': 'f', getToken: async () => 'token', viewer: null, loading: 'lazy' } as const
  const inReact: InReact = { ...common, 'onvenuekit-post-created': posted }
  const inPreact: InPreact = { ...common, 'onvenuekit-post-created': posted }
  const inVue: InVue = { ...common, onVenuekitPostCreated: posted }
  // @ts-expect-error a token is text or null
  const wrongToken: InReact = { getToken: async () => 7 }
  // @ts-expect-error there is no such event
  const wrongEvent: InPreact = { 'onvenuekit-purchase': posted }
  document.addEventListener('venuekit-post-deleted', ({ detail }) => detail.postId)
  return [inReact, inPreact, inVue, wrongToken, wrongEvent]
}

test('JSX and templates know the element, its attributes and its events', () => {
  expect(promises).toBeTypeOf('function')
  expectTypeOf<InReact['theme']>().toEqualTypeOf<'auto' | 'light' | 'dark' | undefined>()
  expectTypeOf<InVue['feedId']>().toEqualTypeOf<string | null | undefined>()
})
