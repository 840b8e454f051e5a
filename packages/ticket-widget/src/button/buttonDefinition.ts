import type { ElementDefinition } from '@venuekit/core/element'
import type { TicketsEvents } from '../api.ts'
import { properties } from './buttonApi.ts'

export const buttonDefinition: ElementDefinition<typeof properties, TicketsEvents> = {
  properties,
  styles: [],
  async mountView(host, root) {
    const { ButtonView } = await import('./ButtonView.ts')
    return new ButtonView(host, root)
  },
}
