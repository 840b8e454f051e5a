import type { Message } from '@venuekit/core/element'
import { fillMessage } from './messages.ts'

/** The message in the language's form for that many, with its `{name}` marks filled in. */
export const countedMessage = (
  message: Message,
  count: number,
  locale: string,
  values: Readonly<Record<string, string>>,
): string => {
  const form =
    typeof message === 'string' ? message : (message[new Intl.PluralRules(locale).select(count)] ?? message.other)
  return fillMessage(form, values)
}
