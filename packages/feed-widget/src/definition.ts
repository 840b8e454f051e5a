import type { ElementDefinition } from '@venuekit/core/element'
import { type FeedEvents, properties } from './api.ts'
import { FeedView } from './feedView.tsx'
import { languages } from './locales/languages.ts'
import type { Messages } from './messages.ts'
import { styles } from './styles/index.ts'

export const definition: ElementDefinition<typeof properties, FeedEvents, Messages> = {
  properties,
  styles,
  languages,
  mountView: (host, root, translation) => new FeedView(host, root, translation),
}
