import type { Order } from '@venuekit/core/contracts'
import type { Hold } from '../flow/flowState.ts'

/** The hold of an order that was answered when this device's clock said `at`. */
export const holdOf = (token: string, order: Order, at: number): Hold => {
  const endsAtMs =
    order.holdExpiresAt === null ? null : at + Date.parse(order.holdExpiresAt) - Date.parse(order.serverNow)
  return { token, order, endsAtMs, secondsLeft: secondsUntil(endsAtMs, at) }
}

export const tickHold = (hold: Hold, at: number): Hold => ({ ...hold, secondsLeft: secondsUntil(hold.endsAtMs, at) })

export const isOver = (hold: Hold): boolean => hold.secondsLeft === 0

const secondsUntil = (endsAtMs: number | null, at: number): number | null =>
  endsAtMs === null ? null : Math.max(0, Math.ceil((endsAtMs - at) / 1000))
