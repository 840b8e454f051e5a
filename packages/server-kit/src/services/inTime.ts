import { withinTime } from './withinTime.ts'

/** What the promise answers; rejects where it has not by then, and what it answers later is lost. */
export const inTime = async <Result>(promise: Promise<Result>, milliseconds: number): Promise<Result> => {
  const answer = await withinTime(
    promise.then(result => ({ result })),
    milliseconds,
    null,
  )
  if (answer === null) throw new Error(`it did not end within ${milliseconds / 1000} s`)
  return answer.result
}
