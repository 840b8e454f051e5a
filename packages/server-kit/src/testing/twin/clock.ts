/** The twin's time. Share one with the database and with Node, and a whole system lives in the same hour. */
export interface TwinClock {
  /** Milliseconds since the epoch. */
  now(): number
  advance(milliseconds: number): void | Promise<void>
}

/** The machine's time, shifted by what it was advanced. */
export const createTwinClock = (): TwinClock => {
  let offset = 0
  return {
    now: () => Date.now() + offset,
    advance: milliseconds => {
      offset += milliseconds
    },
  }
}

/** Whole seconds, as Stripe stamps its objects. */
export const seconds = (clock: TwinClock): number => Math.floor(clock.now() / 1000)
