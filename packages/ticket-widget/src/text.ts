import type { Message } from '@venuekit/core/element'
import type { MessageName, Messages } from './messages.ts'

/** A message in the buyer's language; `count` chooses the plural form and is written the language's own way. */
export type Text = (name: MessageName, values?: Readonly<Record<string, string | number>>) => string

export const createText = (locale: string, messages: Partial<Messages>): Text => {
  const plurals = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  return (name, values = {}) => {
    const message: Message = messages[name] ?? name
    const text =
      typeof message === 'string' ? message : (message[plurals.select(Number(values.count ?? 0))] ?? message.other)
    return text.replace(/\{(\w+)\}/g, (place: string, key: string) => {
      const value = values[key]
      return value === undefined ? place : typeof value === 'number' ? numbers.format(value) : value
    })
  }
}
