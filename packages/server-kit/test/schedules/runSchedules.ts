import fc from 'fast-check'
import { DatabaseError } from '../../src/ports/databaseError.ts'
import { GatewayError } from '../../src/ports/gatewayError.ts'
import { ProblemError } from '../../src/services/problemError.ts'
import { buyerSteps } from './buyerSteps.ts'
import { type Step, throwDice } from './dice.ts'
import { gatewaySteps } from './gatewaySteps.ts'
import { hostSteps } from './hostSteps.ts'
import { type ScheduleSource, scheduleParameters } from './scheduleParameters.ts'
import type { ScheduleStage } from './scheduleStage.ts'
import { settleSchedule } from './settle.ts'
import { storySteps } from './storySteps.ts'

const steps: Record<string, Step> = { ...buyerSteps, ...gatewaySteps, ...hostSteps, ...storySteps }

/** How often each comes beside the others; 1 where it is not named. */
const weights: Record<string, number> = {
  buy: 8,
  reserve: 3,
  checkout: 4,
  pay: 5,
  payAfterEnd: 3,
  extend: 3,
  deliver: 14,
  lookAgain: 2,
  settleDelayed: 2,
  refundInDashboard: 3,
  settleRefund: 5,
  dispute: 6,
  trouble: 4,
  expire: 5,
  sendMoney: 6,
  refund: 10,
  review: 12,
  house: 3,
  setCapacity: 4,
  wait: 6,
  cancel: 6,
  buyLate: 7,
  buyTwice: 4,
  buyDelayed: 4,
  cancelDelayed: 4,
  buyAmiss: 8,
  refundUnheard: 4,
  refundAgain: 3,
}

interface Move {
  name: string
  rolls: number[]
}

const moveOf = (name: string): fc.Arbitrary<Move> =>
  fc.array(fc.nat(5039), { minLength: 6, maxLength: 6 }).map(rolls => ({ name, rolls }))

const move = fc.oneof(...Object.keys(steps).map(name => ({ weight: weights[name] ?? 1, arbitrary: moveOf(name) })))

/** What may be answered by a refusal: everything but a broken constraint, a missing right or a bug. */
const isRefusal = (error: unknown): boolean =>
  error instanceof ProblemError ||
  error instanceof GatewayError ||
  (error instanceof DatabaseError && error.kind !== 'failed')

const take = async (stage: ScheduleStage, { name, rolls }: Move): Promise<void> => {
  try {
    await steps[name]?.(stage, throwDice(rolls))
  } catch (error) {
    if (!isRefusal(error)) throw error
  }
}

export interface ScheduleRun extends ScheduleSource {
  maxSteps: number
  /** How many moves are made at the same moment at most. */
  together: number
}

/** Random schedules; the invariants after each burst, and at the end that everything comes to its end. */
export const runSchedules = async (stages: ScheduleStage[], run: ScheduleRun): Promise<number> => {
  const { seed, path, numRuns, reporter } = scheduleParameters<[Move[][]]>(run)
  const burst = fc.array(move, { minLength: 1, maxLength: run.together })
  // Two bought and one held to begin with: most rules are about what comes after.
  const opening = fc.tuple(moveOf('buy'), moveOf('buy'), moveOf('reserve')).map(moves => moves.map(one => [one]))
  const rest = fc.array(burst, { minLength: 4, maxLength: run.maxSteps, size: 'max' })
  const schedule = fc.noBias(fc.tuple(opening, rest).map(parts => parts.flat()))
  let done = 0
  const play = (stage: ScheduleStage, share: number, offset: number) =>
    fc.assert(
      fc.asyncProperty(schedule, async bursts => {
        await stage.reset()
        for (const moves of bursts) {
          await Promise.all(moves.map(one => take(stage, one)))
          await stage.watch.check()
        }
        await settleSchedule(stage)
        done += 1
      }),
      { numRuns: share, seed: seed + offset, reporter, ...(path !== undefined && { path }) },
    )
  const used = path === undefined ? stages : stages.slice(0, 1)
  await Promise.all(used.map((stage, index) => play(stage, Math.ceil(numRuns / used.length), index)))
  return done
}
