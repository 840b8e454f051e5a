import * as contracts from '@venuekit/core/contracts'
import * as z from 'zod/mini'

export type Schema = Record<string, unknown>

export interface SchemaBook {
  /** The schema as JSON Schema, its named parts by reference. */
  inline(schema: z.ZodMiniType, io: 'input' | 'output'): Schema
  /** The schema itself, even where it has a name: for query and path, whose members become parameters. */
  members(schema: z.ZodMiniType, io: 'input' | 'output'): Schema
  /** Every named part that was referred to. */
  named(): Record<string, Schema>
}

const isSchema = (value: unknown): value is z.ZodMiniType =>
  typeof value === 'object' && value !== null && '_zod' in value

const capitalized = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`

/** The contract's own names: what it exports under a name is one component. */
const createRegistry = () => {
  const registry = z.registry<{ id: string }>()
  for (const [name, value] of Object.entries(contracts)) {
    if (isSchema(value)) registry.add(value, { id: capitalized(name) })
  }
  return registry
}

/**
 * A format says it all; the pattern behind it is zod's own affair. Requests with unknown fields are refused, but
 * answers may gain fields: readers must not stumble over them.
 */
const simplify =
  (io: 'input' | 'output') =>
  ({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: Schema }): void => {
    // What a check of our own says in JSON Schema's words.
    Object.assign(jsonSchema, z.globalRegistry.get(zodSchema))
    if (['uuid', 'email', 'date-time'].includes(String(jsonSchema.format))) delete jsonSchema.pattern
    if (io === 'output') delete jsonSchema.additionalProperties
  }

const toComponents = (schema: Schema): Schema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'))

/** Turns zod schemas into JSON Schema and gathers the named ones. */
export const createSchemaBook = (): SchemaBook => {
  const metadata = createRegistry()
  const gathered = new Map<string, Schema>()

  const gather = (name: string, part: Schema): void => {
    const known = gathered.get(name)
    if (known && JSON.stringify(known) !== JSON.stringify(part)) {
      throw new Error(`the schema ${name} reads differently in requests and in answers: name them apart`)
    }
    gathered.set(name, part)
  }

  /** A named schema comes back as a reference to itself. */
  const inline = (schema: z.ZodMiniType, io: 'input' | 'output'): Schema => {
    const {
      $schema,
      $defs = {},
      ...rest
    } = z.toJSONSchema(schema, { io, metadata, override: simplify(io) }) as Schema & {
      $defs?: Record<string, Schema>
    }
    for (const [name, { id, ...part }] of Object.entries($defs)) gather(name, toComponents(part))
    return toComponents(rest)
  }

  return {
    inline,
    members(schema, io) {
      const shape = inline(schema, io)
      return gathered.get(String(shape.$ref).replace('#/components/schemas/', '')) ?? shape
    },
    named: () => Object.fromEntries([...gathered].sort(([left], [right]) => (left < right ? -1 : 1))),
  }
}
