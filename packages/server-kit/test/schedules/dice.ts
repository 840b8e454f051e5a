import type { ScheduleStage } from './scheduleStage.ts'

/** The chances of one step, fixed by the seed. */
export interface Dice {
  number(below: number): number
  /** True once in so many. */
  chance(times: number): boolean
  pick<Item>(items: readonly Item[]): Item | undefined
}

export type Step = (stage: ScheduleStage, dice: Dice) => Promise<void>

export const throwDice = (rolls: readonly number[]): Dice => {
  let next = 0
  const number = (below: number): number => (rolls[next++ % rolls.length] ?? 0) % below
  return {
    number,
    chance: times => number(times) === times - 1,
    // Newest first: a small roll, which shrinking prefers, is what was made last.
    pick: items => (items.length === 0 ? undefined : items[items.length - 1 - number(items.length)]),
  }
}
