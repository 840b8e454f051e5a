import {
  type CheckInResponse,
  type CheckInSummary,
  checkInResponse,
  checkInSummary,
  revocationPage,
} from '@venuekit/core/contracts'
import type * as z from 'zod/mini'
import type { HttpAnswer, HttpCaller } from './httpCaller.ts'
import { testSecrets } from './testSecrets.ts'

/** What a scanner does, by its own key. */
export interface DoorDesk {
  send(method: string, path: string, body?: unknown): Promise<HttpAnswer>
  /** Scans a code, under a new nonce unless given one. */
  scan(eventId: string, code: string, more?: Record<string, unknown>): Promise<CheckInResponse>
  summary(eventId: string): Promise<CheckInSummary>
  revocations(eventId: string): Promise<z.infer<typeof revocationPage>['items']>
}

export const createDoorDesk = (call: HttpCaller): DoorDesk => {
  const send: DoorDesk['send'] = (method, path, body) =>
    call(method, `/v1/admin${path}`, {
      key: null,
      origin: null,
      bearer: testSecrets.scannerKeys[0],
      ...(body === undefined ? {} : { body }),
    })
  return {
    send,
    scan: async (eventId, code, more = {}) =>
      (await send('POST', '/check-ins', { eventId, code, nonce: crypto.randomUUID(), ...more })).read(checkInResponse),
    summary: async eventId => (await send('GET', `/events/${eventId}/check-ins`)).read(checkInSummary),
    revocations: async eventId =>
      (await send('GET', `/events/${eventId}/revocations?limit=1000`)).read(revocationPage).items,
  }
}
