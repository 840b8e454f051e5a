type Move = (at: number, count: number) => number

/** The keys of the menu pattern: https://www.w3.org/WAI/ARIA/apg/patterns/menubar/ */
const moves: Readonly<Record<string, Move>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at + count - 1) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** The item that a key leads to from the one at `at`; null where it leads nowhere. A letter leads to the next item that begins so. */
export const itemByKey = (key: string, at: number, names: readonly string[]): number | null => {
  const move = moves[key]
  if (move) return move(at, names.length)
  if ([...key].length !== 1 || key === ' ') return null
  const order = names.map((_, step) => (at + 1 + step) % names.length)
  return order.find(index => names[index]?.toLocaleLowerCase().startsWith(key.toLocaleLowerCase())) ?? null
}
