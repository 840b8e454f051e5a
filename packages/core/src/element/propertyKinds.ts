import type { ElementTable, PropertyKind } from './elementProperty.ts'

/** What a shell has to know of its properties; plain data, which the script-tag edition's loader carries. */
export type PropertyKinds = Readonly<Record<string, PropertyKind>>

/** The kinds alone of a table of properties. */
export const propertyKinds = (table: ElementTable): PropertyKinds =>
  Object.fromEntries(Object.entries(table).map(([name, { kind }]) => [name, kind]))
