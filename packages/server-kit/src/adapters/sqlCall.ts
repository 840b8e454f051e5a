export interface SqlCall {
  text: string
  values: unknown[]
}

const namePattern = /^[a-z_]+\.[a-z_]+$/
const argumentPattern = /^[a-z_]+$/

/** Only jsonb parameters take objects; `pg` would send an array as a Postgres array. */
const toParameter = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : (value ?? null)

const texts = new Map<string, string>()

const toText = (name: string, names: string[]): string => {
  if (!namePattern.test(name) || !names.every(argument => argumentPattern.test(argument))) {
    throw new TypeError(`not the name of a SQL function and its arguments: ${name}(${names.join(', ')})`)
  }
  return `select ${name}(${names.map((argument, index) => `${argument} => $${index + 1}`).join(', ')}) as result`
}

/** `select schema.function(argument => $1, …) as result`: one bare statement, arguments by name. */
export const sqlCall = (name: string, args: Record<string, unknown>): SqlCall => {
  const names = Object.keys(args)
  const key = `${name} ${names.join(' ')}`
  let text = texts.get(key)
  if (text === undefined) {
    text = toText(name, names)
    texts.set(key, text)
  }
  return { text, values: Object.values(args).map(toParameter) }
}
