import type { DeviceStore } from '@venuekit/core/element'
import { type OrderPlaces, orderKey } from '../orderPlaces.ts'
import { readOrderToken } from './orderToken.ts'
import { addressWith, cleanAddress, readReturn } from './return.ts'

export interface FoundOrder {
  token: string
  orderId: string
  /** `paid`: back from the gateway; `unpaid`: back without paying; `stored`: found on this device. */
  cause: 'paid' | 'unpaid' | 'stored'
}

/** Where the page's own order is kept, so that a reload, the back button and the return find it again. */
export interface OrderMemory {
  read(): FoundOrder | null
  /** Keeps the token of an order that is not paid yet. */
  remember(token: string): void
  /** The order is paid: a reload of this tab still shows the tickets, the device forgets them with the tab. */
  settle(token: string): void
  forget(orderId: string): void
  /** The token that this device keeps for all tabs, whichever of them stored it. */
  kept(): string | null
}

export const createOrderMemory = ({ eventId, device, tab, address }: OrderPlaces): OrderMemory => {
  const key = orderKey(eventId)

  const orderOf = (token: string | null, cause: FoundOrder['cause']): FoundOrder | null => {
    const reference = token === null ? null : readOrderToken(token)
    // A page may sell several events; each widget takes only its own order.
    return token !== null && reference?.eventId === eventId ? { token, orderId: reference.orderId, cause } : null
  }

  const readAddress = (): FoundOrder | null => {
    const back = readReturn(address.href())
    return back && orderOf(back.token, back.unpaid ? 'unpaid' : 'paid')
  }

  const clean = () => {
    if (readAddress()) address.replace(cleanAddress(address.href()))
  }

  /** Another tab may keep a later order there. */
  const removeFrom = (store: DeviceStore, orderId: string) => {
    if (orderOf(store.get(key), 'stored')?.orderId === orderId) store.remove(key)
  }

  return {
    read() {
      const returned = readAddress()
      if (returned) {
        if (device.set(key, returned.token)) clean()
        return returned
      }
      return orderOf(device.get(key), 'stored') ?? orderOf(tab.get(key), 'stored')
    },
    remember(token) {
      if (device.set(key, token)) clean()
      else address.replace(addressWith(address.href(), token, true))
    },
    settle(token) {
      const orderId = readOrderToken(token)?.orderId ?? ''
      removeFrom(device, orderId)
      if (tab.set(key, token)) clean()
      else address.replace(addressWith(address.href(), token, false))
    },
    forget(orderId) {
      removeFrom(device, orderId)
      removeFrom(tab, orderId)
      if (readAddress()?.orderId === orderId) clean()
    },
    kept: () => orderOf(device.get(key), 'stored')?.token ?? null,
  }
}
