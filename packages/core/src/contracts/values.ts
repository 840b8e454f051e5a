import * as z from 'zod/mini'

/** A UUID, made by the caller; read in capitals too, but in lower case from then on: one thing has one id. */
export const uuid = z.uuid().check(z.toLowerCase())

/** A moment in UTC as ISO 8601 text with a `Z`, such as `2026-11-23T06:45:00.000Z`; the calendar begins with the year 0001. */
export const instant = z.iso
  .datetime()
  .check(z.refine(text => !text.startsWith('0000'), { error: 'must be in the year 0001 or later' }))

/** An ISO 4217 code in capitals. */
export const currency = z.string().check(z.regex(/^[A-Z]{3}$/))

/**
 * An amount in the currency's minor unit: cents for USD, yen for JPY, fils for KWD. Never a fraction. `currencyDigits`
 * tells how many decimals a currency has: hundredths for HUF and ISK too, as the payment gateway counts them.
 */
export const money = z.object({ amountMinor: z.int(), currency })
export type Money = z.infer<typeof money>

/** An http or https address, at most 2,048 characters. */
export const webUrl = z.string().check(z.maxLength(2048), z.url({ protocol: /^https?$/ }))

export const emailAddress = z.string().check(z.trim(), z.maxLength(254), z.email())

/** Text of one line, trimmed, from one character to `maximum`. */
export const line = (maximum: number) =>
  z.string().check(z.trim(), z.minLength(1), z.maxLength(maximum), z.regex(/^[^\p{Cc}]*$/u, 'must be one line of text'))

/** Query parameters arrive as text; this reads a whole number from it. */
export const wholeNumberText = (minimum: number, maximum: number) =>
  z.pipe(
    z.pipe(
      z.string().check(z.regex(/^\d{1,9}$/, 'must be a whole number')),
      z.transform(text => Number(text)),
    ),
    z.int().check(z.minimum(minimum), z.maximum(maximum)),
  )

/** A page of a list and the opaque cursor of the next one, null on the last page. */
export const page = <Item extends z.ZodMiniType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.nullable(z.string()) })
export type Page<Item> = { items: Item[]; nextCursor: string | null }

export const pageQuery = z.strictObject({
  cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(500))),
  limit: z.optional(wholeNumberText(1, 100)),
})
