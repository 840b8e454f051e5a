/** A form value: text, or what stands in brackets behind its name. */
export type FormValue = string | FormFields
export interface FormFields {
  [name: string]: FormValue
}

const emptyFields = (): FormFields => Object.create(null) as FormFields

/** `a[b][]` → `['a', 'b', '']`; null where the brackets do not close. */
const splitName = (name: string): string[] | null => {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name)
  if (!match) return null
  const brackets = match[2] ?? ''
  return [match[1] ?? '', ...[...brackets.matchAll(/\[([^[\]]*)\]/g)].map(bracket => bracket[1] ?? '')]
}

const assign = (fields: FormFields, names: string[], value: string): void => {
  let here = fields
  names.forEach((name, index) => {
    const key = name === '' ? String(Object.keys(here).length) : name
    if (index === names.length - 1) {
      here[key] = value
      return
    }
    const next = here[key]
    const inner = typeof next === 'object' ? next : emptyFields()
    here[key] = inner
    here = inner
  })
}

/**
 * Reads `application/x-www-form-urlencoded` with Stripe's brackets: `a[b]=1`, `a[0][b]=1`, `a[]=1`.
 * Lists stay objects with the indexes as keys, so that an error can name the exact parameter.
 */
export const parseForm = (text: string): FormFields => {
  const fields = emptyFields()
  for (const [name, value] of new URLSearchParams(text)) assign(fields, splitName(name) ?? [name], value)
  return fields
}
