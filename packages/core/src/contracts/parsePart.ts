import * as z from 'zod/mini'

const maximumFaults = 20

/** English messages for this parse alone: the language of a host's own zod is left as it is. */
const english = z.locales.en().localeError

const faultsOf = (issue: z.core.$ZodIssue, root: string): [string, string][] => {
  const path = issue.path.map(String)
  if (issue.code === 'unrecognized_keys') return issue.keys.map(key => [[...path, key].join('.'), 'unknown field'])
  return [[path.join('.') || root, issue.message]]
}

type ParsedPart<Value> = { ok: true; value: Value } | { ok: false; fields: Record<string, string> }

/** Parses by a schema, as the server reads a request; faults come as messages by field path, `root` standing for the whole. */
export const parsePart = <Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  root: string,
): ParsedPart<z.output<Schema>> => {
  const parsed = schema.safeParse(value, { error: english })
  if (parsed.success) return { ok: true, value: parsed.data }
  const faults = parsed.error.issues.flatMap(issue => faultsOf(issue, root)).slice(0, maximumFaults)
  return { ok: false, fields: Object.fromEntries(faults) }
}
