import type { ElementDefinition } from '@venuekit/core/element'
import type { TicketsEvents } from '../api.ts'
import { properties } from './buttonApi.ts'

export const buttonDefinition: ElementDefinition<typeof properties, TicketsEvents> = {
  properties,
  styles: [],
  async mountView(host, root) {
    const { mountButton } = await import('./ButtonView.ts')
    return mountButton(host, root)
  },
}
