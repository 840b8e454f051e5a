import type { Order } from '@venuekit/core/contracts'
import { toBase64url } from './base64url.ts'
import { createHmac } from './hmac.ts'
import { toUuidBytes } from './uuidBytes.ts'

export interface TicketCodes {
  /** `VK1.<ticket id and code version>.<signature>`: what the door scans. */
  sign(ticket: { id: string; codeVersion: number }): Promise<string>
}

const signatureBytes = 16

export const createTicketCodes = (secret: string): TicketCodes => {
  const mac = createHmac(secret)
  return {
    async sign({ id, codeVersion }) {
      const payload = new Uint8Array(18)
      payload.set(toUuidBytes(id), 0)
      new DataView(payload.buffer).setUint16(16, codeVersion)
      const signature = await mac.sign(payload)
      return `VK1.${toBase64url(payload)}.${toBase64url(signature.subarray(0, signatureBytes))}`
    },
  }
}

/** The order as its owner sees it. SQL knows no secret, so it leaves the codes empty. */
export const withTicketCodes = async <Shown extends Order>(codes: TicketCodes, order: Shown): Promise<Shown> => ({
  ...order,
  tickets: await Promise.all(order.tickets.map(async ticket => ({ ...ticket, code: await codes.sign(ticket) }))),
})
