/** How much of everything. */
export interface Sizes {
  events: number
  /** Tickets of the largest event; the others fall off with the cube, to a quarter of it on average. */
  largest: number
  /** Tickets sold before, where a line is measured with many sold. */
  sold: number
  /** Sold before in the two other ways of taking capacity, and how many they have left. */
  othersSold: number
  othersFree: number
  /** Short ones, and many: what else the machine does then meets all contenders alike. */
  rounds: number
  roundMs: number
  issuesPerRound: number
  holdsPerRound: number
  webhooksPerRound: number
  /** Times that an audit of everything is run. */
  auditRounds: number
}

export const fullSizes: Sizes = {
  events: 200,
  largest: 20_000,
  sold: 100_000,
  othersSold: 20_000,
  othersFree: 200_000,
  rounds: 20,
  roundMs: 400,
  issuesPerRound: 300,
  // With the round that is not counted, 100,002.
  holdsPerRound: 4762,
  webhooksPerRound: 32,
  auditRounds: 3,
}

/** For a look whether all of it runs; its figures say nothing. */
export const quickSizes: Sizes = {
  events: 4,
  largest: 400,
  sold: 1000,
  othersSold: 400,
  othersFree: 20_000,
  rounds: 1,
  roundMs: 100,
  issuesPerRound: 20,
  holdsPerRound: 300,
  webhooksPerRound: 3,
  auditRounds: 1,
}

/** Tickets of each event, the largest first; all even. */
export const ticketsByEvent = ({ events, largest }: Sizes): number[] =>
  Array.from({ length: events }, (_, index) =>
    Math.max(2, 2 * Math.round((largest / 2) * ((events - index) / events) ** 3)),
  )
