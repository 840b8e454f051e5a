/** Works on all of them, so many beside each other; one that fails keeps no other from its turn. Then rejects as it did. */
export const inLanes = async <Item>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<void>,
): Promise<void> => {
  const rest = items.values()
  const faults: unknown[] = []
  const lane = async (): Promise<void> => {
    for (const item of rest) await work(item).catch((fault: unknown) => faults.push(fault))
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  if (faults.length > 0) throw faults[0]
}
