import type { ElementDefinition } from '@venuekit/core/element'
import { type FeedEvents, properties } from './api.ts'
import { mountFeed } from './feedView.tsx'
import { styles } from './styles/index.ts'

export const definition: ElementDefinition<typeof properties, FeedEvents> = {
  properties,
  styles,
  mountView: mountFeed,
}
