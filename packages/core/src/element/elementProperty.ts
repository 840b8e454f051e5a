/** One row of an element's table: how a property is read from its attribute and written to it. */
export interface ElementProperty<Value> {
  /** False for values that no attribute can carry, such as functions. */
  readonly attribute: boolean
  /** A change of it makes the view another one: the element mounts anew instead of updating. */
  readonly identity: boolean
  read(text: string | null): Value
  /** The attribute's text, null to remove it. */
  write(value: Value): string | null
}

/** An element's properties by their camel-cased names. */
export type ElementTable = Readonly<Record<string, ElementProperty<unknown>>>

/** The properties that an element with that table has. */
export type ElementProperties<Table extends ElementTable> = {
  -readonly [Name in keyof Table]: Table[Name] extends ElementProperty<infer Value> ? Value : never
}

/** A string; null where the attribute is missing. */
export const text: ElementProperty<string | null> = {
  attribute: true,
  identity: false,
  read: value => value,
  write: value => (value === null || value === undefined ? null : String(value)),
}

/** A boolean by the attribute's presence: `live="false"` is true, as in HTML. */
export const flag: ElementProperty<boolean> = {
  attribute: true,
  identity: false,
  read: value => value !== null,
  write: value => (value ? '' : null),
}

/** One of the names; anything else reads as the first. */
export const choice = <const Names extends readonly [string, ...string[]]>(
  ...names: Names
): ElementProperty<Names[number]> => ({
  attribute: true,
  identity: false,
  read: value => names.find(name => name === value) ?? names[0],
  write: value => text.write(value),
})

/** A property without an attribute, null until it is set. */
export const value = <Value>(): ElementProperty<Value | null> => ({
  attribute: false,
  identity: false,
  read: () => null,
  write: () => null,
})

/** The same property, but a change of it mounts the view anew. */
export const identity = <Value>(property: ElementProperty<Value>): ElementProperty<Value> => ({
  ...property,
  identity: true,
})

/** `apiUrl` as an attribute is `api-url`. */
export const attributeName = (property: string): string =>
  property.replace(/[A-Z]/g, capital => `-${capital.toLowerCase()}`)
