import { VenueKitError } from '@venuekit/core'
import { toFailure } from '../flow/failure.ts'
import type { FlowWorld } from '../flow/flowWorld.ts'

const failed = (cause: unknown): VenueKitError =>
  new VenueKitError({
    request: 'createOrder',
    code: 'forbidden',
    status: null,
    title: 'The challenge was not met',
    retryable: true,
    cause,
  })

/**
 * Makes the call with what the page's captcha gives, anew for each try. Where it gives nothing, or the host is not content
 * with it, the buyer may try again: that is told by `retryable`, which a plain `forbidden` is not.
 */
export const solveChallenge = async <Answer>(
  { challenge }: Pick<FlowWorld, 'challenge'>,
  call: (options: { challenge?: string }) => Promise<Answer>,
): Promise<Answer> => {
  let answer: string | null
  try {
    answer = await challenge()
  } catch (cause) {
    throw failed(cause)
  }
  if (answer === null) return call({})
  try {
    return await call({ challenge: answer })
  } catch (error) {
    throw toFailure(error).code === 'forbidden' ? failed(error) : error
  }
}
