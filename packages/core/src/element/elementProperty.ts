/**
 * How an element keeps a property: as its attribute's text, as the attribute's presence (`live="false"` is true, as in
 * HTML), as one of the names (anything else reads as the first), or, for what no attribute can carry, as a value.
 */
export type PropertyKind = 'text' | 'flag' | 'value' | readonly string[]

/** One row of an element's table. */
export interface ElementProperty<Value> {
  readonly kind: PropertyKind
  /** A change of it makes the view another one: the element mounts anew instead of updating. */
  readonly identity: boolean
  /** Carries the type alone. */
  readonly type?: Value
}

/** An element's properties by their camel-cased names. */
export type ElementTable = Readonly<Record<string, ElementProperty<unknown>>>

/** The properties that an element with that table has. */
export type ElementProperties<Table extends ElementTable> = {
  -readonly [Name in keyof Table]: Table[Name] extends ElementProperty<infer Value> ? Value : never
}

const property = <Value>(kind: PropertyKind): ElementProperty<Value> => ({ kind, identity: false })

/** A string; null where the attribute is missing. */
export const text = property<string | null>('text')

/** A boolean. */
export const flag = property<boolean>('flag')

/** One of the names. */
export const choice = <const Names extends readonly [string, ...string[]]>(...names: Names) =>
  property<Names[number]>(names)

/** A property without an attribute, null until it is set. */
export const value = <Value>() => property<Value | null>('value')

/** The same property, but a change of it mounts the view anew. */
export const identity = <Value>(row: ElementProperty<Value>): ElementProperty<Value> => ({ ...row, identity: true })
