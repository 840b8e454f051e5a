/** What the schema says of a value, and what whoever fills in a spreadsheet understands. */
const plainer: readonly [RegExp, string][] = [
  [/^Invalid input: .*received undefined$/, 'is missing'],
  [/^Invalid input: expected (number|int)\b/, 'must be a whole number'],
  [/^Invalid input: expected boolean\b/, 'must be true or false'],
  [/^Invalid ISO datetime$/, 'must be a time in UTC that the calendar has, such as 2030-06-01T19:00:00Z'],
  [/^Invalid UUID$/, 'must be a UUID'],
  [/\^\[A-Z\]\{3\}\$/, 'must be a currency in capitals, such as USD'],
]

/** A fault of a file in plain words, where there are any. */
export const faultText = (problem: string): string => plainer.find(([shape]) => shape.test(problem))?.[1] ?? problem
