import type { FormFields, FormValue } from './form.ts'
import { badParameter } from './refusal.ts'

/** Reads one parameter, or refuses it the way Stripe does. `path` is its full name, such as `line_items[0][quantity]`. */
export type Rule<Value> = (value: FormValue, path: string) => Value

type Rules = Record<string, Rule<unknown>>
export type Parameters<Shape extends Rules> = { [Name in keyof Shape]: ReturnType<Shape[Name]> | undefined }

const plain = (value: FormValue, path: string): string => {
  if (typeof value !== 'string') throw badParameter(path, `Invalid string: ${JSON.stringify(value)}`)
  if (value !== '') return value
  throw badParameter(
    path,
    `You passed an empty string for '${path}'. We assume empty values are an attempt to unset a parameter; however '${path}' cannot be unset. You should remove '${path}' from your request or supply a non-empty value.`,
    'parameter_invalid_empty',
  )
}

export const text =
  (maximum = 5000): Rule<string> =>
  (value, path) => {
    const read = plain(value, path)
    if (read.length <= maximum) return read
    throw badParameter(path, `Invalid string: ${read.slice(0, 12)}…; must be at most ${maximum} characters`)
  }

export const integer =
  (minimum: number, maximum = Number.MAX_SAFE_INTEGER): Rule<number> =>
  (value, path) => {
    const read = plain(value, path)
    const number = Number(read)
    if (!/^-?\d+$/.test(read) || !Number.isSafeInteger(number)) {
      throw badParameter(path, `Invalid integer: ${read}`, 'parameter_invalid_integer')
    }
    if (number >= minimum && number <= maximum) return number
    const bound = number < minimum ? `greater than or equal to ${minimum}` : `less than or equal to ${maximum}`
    throw badParameter(path, `This value must be ${bound}.`, 'parameter_invalid_integer')
  }

export const flag: Rule<boolean> = (value, path) => {
  const read = plain(value, path)
  if (read === 'true' || read === 'false') return read === 'true'
  throw badParameter(path, `Invalid boolean: ${read}`)
}

export const choice =
  <Value extends string>(...values: readonly Value[]): Rule<Value> =>
  (value, path) => {
    const read = plain(value, path)
    const found = values.find(candidate => candidate === read)
    if (found !== undefined) return found
    const names = values.length > 1 ? `${values.slice(0, -1).join(', ')}, or ${values.at(-1)}` : values.join()
    throw badParameter(path, `Invalid ${path}: must be one of ${names}`)
  }

export const url: Rule<string> = (value, path) => {
  const read = plain(value, path)
  if (/^https?:\/\/[^\s]+$/i.test(read) && URL.canParse(read)) return read
  throw badParameter(path, 'Not a valid URL', 'url_invalid')
}

export const email: Rule<string> = (value, path) => {
  const read = plain(value, path)
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(read)) return read
  throw badParameter(path, `Invalid email address: ${read}`, 'email_invalid')
}

/** Up to 50 pairs, 40 characters a key, 500 a value; an empty value leaves its key out. */
export const metadata: Rule<Record<string, string>> = (value, path) => {
  if (value === '') return {}
  if (typeof value === 'string') throw badParameter(path, `Invalid object`)
  const pairs = Object.entries(value)
  if (pairs.length > 50) throw badParameter(path, `Metadata can have up to 50 keys, but you passed in ${pairs.length}.`)
  for (const [key, entry] of pairs) checkPair(key, entry, path)
  return Object.fromEntries(pairs.filter(([, entry]) => entry !== '')) as Record<string, string>
}

const checkPair = (key: string, entry: FormValue, path: string): void => {
  if (typeof entry !== 'string') throw badParameter(`${path}[${key}]`, `Metadata values must be strings.`)
  if (key.length > 40) {
    throw badParameter(path, `Metadata keys can have up to 40 characters, but you passed in one of ${key.length}.`)
  }
  if (entry.length > 500) {
    throw badParameter(
      path,
      `Metadata values can have up to 500 characters, but you passed in a value that is ${entry.length} characters. Invalid value: ${entry.slice(0, 20)}…`,
    )
  }
}

export const list =
  <Value>(rule: Rule<Value>): Rule<Value[]> =>
  (value, path) => {
    if (typeof value === 'string' || !Object.keys(value).every(key => /^\d+$/.test(key))) {
      throw badParameter(path, 'Invalid array')
    }
    return Object.entries(value).map(([index, entry]) => rule(entry, `${path}[${index}]`))
  }

/** An object of known parameters; any other is refused by name. */
export const fields =
  <Shape extends Rules>(shape: Shape, required: (keyof Shape & string)[] = []): Rule<Parameters<Shape>> =>
  (value, path) => {
    if (typeof value === 'string') throw badParameter(path, 'Invalid object')
    return readFields(shape, required, value, path)
  }

export const readFields = <Shape extends Rules>(
  shape: Shape,
  required: (keyof Shape & string)[],
  value: FormFields,
  path: string,
): Parameters<Shape> => {
  const named = (name: string) => (path === '' ? name : `${path}[${name}]`)
  const unknown = Object.keys(value).filter(name => !Object.hasOwn(shape, name))
  const [first] = unknown
  if (first !== undefined) {
    const names = unknown.map(named).join(', ')
    throw badParameter(
      named(first),
      `Received unknown parameter${unknown.length > 1 ? 's' : ''}: ${names}`,
      'parameter_unknown',
    )
  }
  for (const name of required) {
    if (value[name] === undefined) {
      throw badParameter(named(name), `Missing required param: ${named(name)}.`, 'parameter_missing')
    }
  }
  const read = Object.entries(value).map(([name, entry]) => [name, shape[name]?.(entry, named(name))])
  return Object.fromEntries(read) as Parameters<Shape>
}

/** A parameter of Stripe's that the twin has no model of: refusing it beats pretending. */
export const unmodelled: Rule<undefined> = (_value, path) => {
  throw badParameter(path, `The twin does not model '${path}'. Leave it out, or try it against Stripe's test mode.`)
}
