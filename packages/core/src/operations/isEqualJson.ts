/** True where two JSON values say the same. */
export const isEqualJson = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const entries = Object.entries(one)
  if (entries.length !== Object.keys(other).length) return false
  return entries.every(([name, value]) => Object.hasOwn(other, name) && isEqualJson(value, Reflect.get(other, name)))
}
