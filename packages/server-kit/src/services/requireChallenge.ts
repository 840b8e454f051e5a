import { challengeHeader } from '@venuekit/core/contracts'
import type { ChallengeFacts } from '../ports/challenge.ts'
import type { KitContext } from './kitContext.ts'
import { ProblemError } from './problemError.ts'

/** Throws `forbidden` where the host demands a proof. */
export const requireChallenge = async (
  { challenge }: KitContext,
  request: Request,
  facts: ChallengeFacts,
): Promise<void> => {
  if (challenge === null || (await challenge(request, facts)) === 'pass') return
  throw new ProblemError('forbidden', {
    title: 'Prove that you are a person',
    detail: `Solve the page's challenge and send its answer as the header ${challengeHeader}.`,
  })
}
