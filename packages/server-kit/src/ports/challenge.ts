/** What the order to come says of itself. */
export interface ChallengeFacts {
  /** As far as the configured proxies vouch for it. */
  clientAddress: string | null
  eventId: string
  email: string
}

/**
 * The host's say on whether an order may be made without more ado. The page sends what its captcha gave in the header
 * `VenueKit-Challenge`; the request's body is read already. A hook that throws fails the call, and one that takes
 * over 10 seconds lets nobody by: `busy`.
 */
export type Challenge = (request: Request, facts: ChallengeFacts) => 'pass' | 'demand' | Promise<'pass' | 'demand'>
