import type { ElementProperties, ElementTable } from './elementProperty.ts'

/** `eventId` as an attribute: `event-id`. */
type Dashed<Name extends string> = Name extends `${infer Letter}${infer Rest}`
  ? `${Letter extends Lowercase<Letter> ? Letter : `-${Lowercase<Letter>}`}${Dashed<Rest>}`
  : ''

/** What an attribute can carry; the rest are properties alone. */
type IsAttribute<Value> = [Value] extends [string | boolean | null] ? true : false

type Attributes<Properties> = {
  [Name in keyof Properties & string as IsAttribute<Properties[Name]> extends true ? Dashed<Name> : never]?:
    | Properties[Name]
    | undefined
}

/** What JSX may set on an element with that table: properties by their own names, attributes by dashed ones. */
export type ElementProps<Table extends ElementTable> = Attributes<ElementProperties<Table>> & {
  [Name in keyof Table]?: ElementProperties<Table>[Name] | undefined
}

/** Listeners by the names that React and Preact know them by: `onvenuekit-ready`. */
export type ElementListeners<Events> = {
  [Name in keyof Events & string as `on${Name}`]?: ((event: CustomEvent<Events[Name]>) => void) | undefined
}

type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Name

/** Listeners by the names that Vue knows them by: `onVenuekitReady`, written `@venuekit-ready` in templates. */
export type CamelListeners<Events> = {
  [Name in keyof Events & string as `on${Capitalize<Camel<Name>>}`]?:
    | ((event: CustomEvent<Events[Name]>) => void)
    | undefined
}

/** An element's events by name, as `addEventListener` gives them. */
export type ElementEventMap<Events> = { [Name in keyof Events]: CustomEvent<Events[Name]> }
