import { CliError } from '../cliError.ts'
import { plainJson } from '../plainText.ts'
import type { EventFile } from './eventFile.ts'

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const listOf = (value: unknown): { list: unknown[]; path: string } | null => {
  if (Array.isArray(value)) return { list: value, path: '' }
  if (isObject(value) && Array.isArray(value.events)) return { list: value.events, path: 'events.' }
  return isObject(value) && 'id' in value ? { list: [value], path: '' } : null
}

const parseJson = (text: string, name: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CliError(
      'usage',
      'invalid_request',
      `${name} is no JSON: ${error instanceof Error ? error.message : error}`,
    )
  }
}

/** One event, a list of them, or `{ events: [...] }` as an export has it. */
export const jsonEvents = (text: string, name: string): EventFile => {
  const found = listOf(parseJson(text, name))
  if (!found) {
    throw new CliError(
      'usage',
      'invalid_request',
      `${name} has no events: one event, a list, or {"events": [...]} is needed.`,
    )
  }
  const { list, path } = found
  const single = list.length === 1 && path === ''
  return {
    faults: [],
    events: list.map((value, index) => ({
      value,
      id: isObject(value) && typeof value.id === 'string' ? value.id : null,
      placeOf: field => ({ line: null, field: single ? field : `${path}${index}${field === '' ? '' : `.${field}`}` }),
    })),
  }
}

/** As `venuekit events import` reads it. */
export const toEventsJson = (events: readonly unknown[]): string => plainJson({ events }, 2)
