import type Stripe from 'stripe'
import type { FormValue } from './form.ts'
import { badParameter, notFound } from './refusal.ts'
import { fields, integer, type Rule, text } from './rules.ts'

type CreatedRange = { gt?: number; gte?: number; lt?: number; lte?: number }

const bounds = fields({ gt: integer(0), gte: integer(0), lt: integer(0), lte: integer(0) })

const created: Rule<CreatedRange> = (value: FormValue, path) => {
  if (typeof value !== 'string') return bounds(value, path) as CreatedRange
  const exactly = integer(0)(value, path)
  return { gte: exactly, lte: exactly }
}

/** What every list of Stripe's takes. */
export const pageShape = {
  created,
  limit: integer(1, 100),
  starting_after: text(),
  ending_before: text(),
}

interface PageParameters {
  created?: CreatedRange | undefined
  limit?: number | undefined
  starting_after?: string | undefined
  ending_before?: string | undefined
}

const isWithin = (at: number, range: CreatedRange): boolean =>
  at > (range.gt ?? -1) &&
  at >= (range.gte ?? 0) &&
  at < (range.lt ?? Number.POSITIVE_INFINITY) &&
  at <= (range.lte ?? Number.POSITIVE_INFINITY)

/** Newest first, cut to the page that was asked for. `all` is in the order of making. */
export const listPage = <Item extends { id: string; created: number }>(
  url: string,
  noun: string,
  all: Iterable<Item>,
  parameters: PageParameters,
): Stripe.ApiList<Item> => {
  const range = parameters.created ?? {}
  const newestFirst = [...all].reverse().filter(item => isWithin(item.created, range))
  return cutPage(url, noun, newestFirst, parameters)
}

/** Cuts a page out of items that are in their final order. */
export const cutPage = <Item extends { id: string }>(
  url: string,
  noun: string,
  items: Item[],
  { limit = 10, starting_after: after, ending_before: before }: PageParameters,
): Stripe.ApiList<Item> => {
  if (after !== undefined && before !== undefined) {
    throw badParameter('starting_after', 'You may only specify one of these parameters: starting_after, ending_before.')
  }
  const position = (id: string, param: string): number => {
    const index = items.findIndex(item => item.id === id)
    if (index < 0) throw notFound(noun, id, param)
    return index
  }
  if (before !== undefined) {
    const end = position(before, 'ending_before')
    const start = Math.max(0, end - limit)
    return { object: 'list', data: items.slice(start, end), has_more: start > 0, url }
  }
  const start = after === undefined ? 0 : position(after, 'starting_after') + 1
  return { object: 'list', data: items.slice(start, start + limit), has_more: start + limit < items.length, url }
}
