import type { Message } from '@venuekit/core/element'
import { describe, expect, test } from 'vitest'
import { buttonEnglish } from '../button/buttonMessages.ts'
import { checkoutEnglish } from '../checkout/checkoutMessages.ts'
import { english, type MessageName, type Messages } from '../messages.ts'
import { createMoneyFormat } from '../money.ts'
import { createText } from '../text.ts'
import { languages } from './languages.ts'

const all: Messages = { ...english, ...checkoutEnglish, ...buttonEnglish }
const names = Object.keys(all) as MessageName[]

const formsOf = (message: Message): [form: string, text: string][] =>
  typeof message === 'string' ? [['other', message]] : Object.entries(message)

const placesOf = (text: string) => new Set(text.match(/\{\w+\}/g))

describe.each(['en', ...Object.keys(languages)])('in %s', language => {
  const load = async (): Promise<Messages> => (await languages[language]?.())?.messages ?? all

  test('every text has the places of the English one; a form that names its number may leave the number out', async () => {
    const messages = await load()
    for (const name of names) {
      const expected = new Set(formsOf(all[name]).flatMap(([, text]) => [...placesOf(text)]))
      for (const [form, text] of formsOf(messages[name])) {
        const places = placesOf(text)
        if (form !== 'other' && expected.has('{count}')) places.add('{count}')
        expect(places, `${name}.${form}`).toEqual(expected)
      }
    }
  })

  test('what is counted has the plural forms of the language, and no others', async () => {
    const messages = await load()
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted()
    for (const name of names) {
      const isCounted = typeof all[name] !== 'string'
      const message = messages[name]
      expect(typeof message === 'string' ? null : Object.keys(message).toSorted(), name).toEqual(
        isCounted ? forms : null,
      )
    }
  })

  test('no text is left in English', async () => {
    const messages = await load()
    const same = names.filter(name => JSON.stringify(messages[name]) === JSON.stringify(all[name]))
    const alike = ['lineItem', 'tickets', 'openTickets', 'ticketNumber', 'total']
    if (language !== 'en') expect(alike).toEqual(expect.arrayContaining(same))
  })
})

const sayings: [language: string, said: string[]][] = [
  ['en', ['0 tickets', '1 ticket', '2 tickets', '3 tickets', '11 tickets', '100 tickets']],
  ['de', ['0 Tickets', '1 Ticket', '2 Tickets', '3 Tickets', '11 Tickets', '100 Tickets']],
  ['es', ['0 entradas', '1 entrada', '2 entradas', '3 entradas', '11 entradas', '100 entradas']],
  ['ar', ['لا تذاكر', 'تذكرة واحدة', 'تذكرتان', '3 تذاكر', '11 تذكرة', '100 تذكرة']],
]

test.each(sayings)('tickets are counted in %s as people do', async (language, said) => {
  const text = createText(`${language}-u-nu-latn`, (await languages[language]?.())?.messages ?? all)
  expect([0, 1, 2, 3, 11, 100].map(count => text('ticketCount', { count }))).toEqual(said)
})

const amounts: [locale: string, yen: string, dinar: string][] = [
  ['en', '¥9,007,199,254,740,991', 'KWD 9,007,199,254,740.991'],
  ['de', '9.007.199.254.740.991 ¥', '9.007.199.254.740,991 KWD'],
  ['es', '9.007.199.254.740.991 JPY', '9.007.199.254.740,991 KWD'],
  ['ar-KW', '٩٬٠٠٧٬١٩٩٬٢٥٤٬٧٤٠٬٩٩١ JP¥', '٩٬٠٠٧٬١٩٩٬٢٥٤٬٧٤٠٫٩٩١ د.ك.'],
]

test.each(amounts)('yen and dinars are exact to the last digit in %s', (locale, yen, dinar) => {
  const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ').replace(/[\u200e\u200f\u061c]/g, '')
  const format = createMoneyFormat(locale)
  const written = ['JPY', 'KWD'].map(currency => plain(format({ amountMinor: Number.MAX_SAFE_INTEGER, currency })))
  expect(written).toEqual([yen, dinar])
})
