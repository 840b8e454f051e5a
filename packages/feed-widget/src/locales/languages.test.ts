import type { Message } from '@venuekit/core/element'
import { describe, expect, test } from 'vitest'
import { actingMessages } from '../acting/actingMessages.ts'
import { englishComposerMessages } from '../composer/composerMessages.ts'
import { countedMessage } from '../countedMessage.ts'
import { englishMediaMessages } from '../media/mediaMessages.ts'
import { englishMessages, type Messages } from '../messages.ts'
import { relativeTime } from '../relativeTime.ts'
import { languages } from './languages.ts'

const all: Messages = { ...englishMessages, ...actingMessages, ...englishComposerMessages, ...englishMediaMessages }
const names = Object.keys(all) as (keyof Messages)[]

const formsOf = (message: Message): [form: string, text: string][] =>
  typeof message === 'string' ? [['other', message]] : Object.entries(message)

const placesOf = (text: string) => new Set(text.match(/\{\w+\}/g))
/** What a form that names its number may leave out. */
const numbers = ['{count}', '{images}']

describe.each(['en', ...Object.keys(languages)])('in %s', language => {
  const load = async (): Promise<Messages> => (await languages[language]?.())?.messages ?? all

  test('every text has the places of the English one; a form that names its number may leave the number out', async () => {
    const messages = await load()
    for (const name of names) {
      const expected = placesOf(new Map(formsOf(all[name])).get('other') ?? '')
      for (const [form, text] of formsOf(messages[name])) {
        const places = placesOf(text)
        const left = form === 'other' ? [] : numbers.filter(number => expected.has(number))
        expect(new Set([...places, ...left]), `${name}.${form}`).toEqual(expected)
      }
    }
  })

  test('what is counted has the plural forms of the language, and no others', async () => {
    const messages = await load()
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted()
    for (const name of names) {
      const message = messages[name]
      expect(typeof message === 'string' ? null : Object.keys(message).toSorted(), name).toEqual(
        typeof all[name] === 'string' ? null : forms,
      )
    }
  })

  test('no text is left in English', async () => {
    const messages = await load()
    const same = names.filter(name => JSON.stringify(messages[name]) === JSON.stringify(all[name]))
    const alike = ['video', 'videoPlain', 'position', 'pause']
    if (language !== 'en') expect(alike).toEqual(expect.arrayContaining(same))
  })
})

test.each([
  ['en', '3 new posts', '5m ago'],
  ['de', '3 neue Beiträge', 'vor 5 Min.'],
  ['es', '3 publicaciones nuevas', 'hace 5 min'],
  ['ar', '3 منشورات جديدة', 'قبل 5 دقائق'],
])('%s counts and tells the time as people do', async (language, posts, ago) => {
  const messages = (await languages[language]?.())?.messages ?? all
  expect(countedMessage(messages.newPosts, 3, language, { count: '3' })).toBe(posts)
  expect(relativeTime('2026-11-28T20:00:00Z', Date.parse('2026-11-28T20:05:00Z'), language)).toBe(ago)
})
