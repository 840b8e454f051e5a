/** Callers at once, and connections. */
export const clients = 32

const run = async (callers: number, next: () => (() => Promise<unknown>) | undefined): Promise<number> => {
  let calls = 0
  const begun = performance.now()
  const caller = async (): Promise<void> => {
    for (let call = next(); call; call = next()) {
      await call()
      calls++
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return (calls * 1000) / (performance.now() - begun)
}

/** Calls per second of all clients together, each one call after the other, for about so long. */
export const rateFor = (call: () => Promise<unknown>, milliseconds: number): Promise<number> => {
  const end = performance.now() + milliseconds
  return run(clients, () => (performance.now() < end ? call : undefined))
}

/** Calls per second while all of the items are worked off. */
export const rateOver = <Item>(
  items: readonly Item[],
  call: (item: Item) => Promise<unknown>,
  callers = clients,
): Promise<number> => {
  const waiting = items.values()
  return run(callers, () => {
    const { value, done } = waiting.next()
    return done === true ? undefined : () => call(value)
  })
}

/** How long it takes, in milliseconds. */
export const durationOf = async (call: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await call()
  return performance.now() - begun
}

export const medianOf = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle) - 1] ?? 0)) / 2
}

/** The figures of each contender, round by round. */
export type Figures<Name extends string> = Record<Name, number[]>

/**
 * All contenders in turns, so that whatever else the machine does meets each of them; who begins a round changes from
 * round to round. One more round before is not counted.
 */
export const inTurns = async <Name extends string>(
  contenders: Record<Name, () => Promise<number>>,
  rounds: number,
): Promise<Figures<Name>> => {
  const names = Object.keys(contenders) as Name[]
  const figures = Object.fromEntries(names.map(name => [name, [] as number[]])) as Figures<Name>
  for (let round = 0; round <= rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(turn + round) % names.length]
      if (name === undefined) continue
      const figure = await contenders[name]()
      if (round > 0) figures[name].push(figure)
    }
  }
  return figures
}

/** The median over the rounds of one figure divided by another of the same round. */
export const ratioOf = (figures: readonly number[], others: readonly number[]): number =>
  medianOf(figures.map((figure, round) => figure / (others[round] ?? Number.NaN)))
