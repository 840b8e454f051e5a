import type { ElementDefinition } from '@venuekit/core/element'
import type { TicketsEvents } from '../api.ts'
import { languages } from '../locales/languages.ts'
import type { Messages } from '../messages.ts'
import { properties } from './buttonApi.ts'

export const buttonDefinition: ElementDefinition<typeof properties, TicketsEvents, Messages> = {
  properties,
  styles: [],
  languages,
  async mountView(host, root, translation) {
    const { ButtonView } = await import('./ButtonView.ts')
    return new ButtonView(host, root, translation)
  },
}
