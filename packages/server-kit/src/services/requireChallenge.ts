import { challengeHeader } from '@venuekit/core/contracts'
import type { ChallengeFacts } from '../ports/challenge.ts'
import type { KitContext } from './kitContext.ts'
import { ProblemError } from './problemError.ts'
import { withinTime } from './withinTime.ts'

const patienceMs = 10_000

/** Throws `forbidden` where the host demands a proof, `busy` where it does not say. */
export const requireChallenge = async (
  { challenge }: KitContext,
  request: Request,
  facts: ChallengeFacts,
): Promise<void> => {
  if (challenge === null) return
  const verdict = await withinTime(Promise.resolve(challenge(request, facts)), patienceMs, 'late')
  if (verdict === 'pass') return
  if (verdict === 'late')
    throw new ProblemError('busy', { detail: 'The check for persons does not answer. Try again.' })
  throw new ProblemError('forbidden', {
    title: 'Prove that you are a person',
    detail: `Solve the page's challenge and send its answer as the header ${challengeHeader}.`,
  })
}
