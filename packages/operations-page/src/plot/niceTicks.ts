/** Steps that people count in. */
const niceSteps = [1, 2, 5, 10]

/** Round values from 0 to the first at or above `highest`, about `wanted` of them, whole numbers only. */
export const niceTicks = (highest: number, wanted: number): number[] => {
  const top = Math.max(1, highest)
  const rough = top / Math.max(1, wanted)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, (niceSteps.find(nice => nice * power >= rough) ?? 10) * power)
  const count = Math.ceil(top / step)
  return Array.from({ length: count + 1 }, (_, index) => index * step)
}
