import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { openFeed } from './testing/openFeed.ts'

beforeEach(() => {
  document.documentElement.lang = 'en'
})

afterEach(() => {
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

test('by keyboard alone: write, go from post to post, like, report, delete, undo, leave', async () => {
  const feed = await openFeed({ posts: 2 })
  const before = document.createElement('button')
  before.textContent = 'before'
  document.body.prepend(before)
  before.focus()
  await userEvent.tab()
  expect(feed.focused()).toBe(feed.find('textarea'))
  await userEvent.keyboard('Hi all{Control>}{Enter}{/Control}')
  await feed.until(() => feed.find('article').dataset.delivery === 'sent')
  expect(feed.focused()).toBe(feed.find('textarea'))
  const [own, next] = feed.all('article')
  while (feed.focused() !== own) await userEvent.tab()
  await userEvent.keyboard('{PageDown}')
  expect(feed.focused()).toBe(next)

  await userEvent.tab()
  await userEvent.keyboard(' ')
  await feed.until(() => feed.focused()?.getAttribute('aria-pressed') === 'true')
  await userEvent.tab()
  await userEvent.keyboard('{Enter}')
  await feed.until(() => feed.focused()?.textContent === 'Report…')
  await userEvent.keyboard('{Enter}')
  await feed.until(() => feed.all('dialog[open]').length === 1)
  await userEvent.keyboard('{Escape}')
  await feed.until(() => feed.all('dialog').length === 0)
  expect(next?.contains(feed.focused())).toBe(true)

  await userEvent.keyboard('{PageUp}')
  expect(feed.focused()).toBe(own)
  await userEvent.tab()
  await userEvent.tab()
  await userEvent.keyboard('{ArrowDown}d{Enter}')
  await feed.until(() => feed.focused() === feed.button('Undo'))
  expect(feed.texts()).toEqual(['Post 1', 'Post 2'])
  await userEvent.keyboard('{Enter}')
  await feed.until(() => feed.focused() === feed.find('article'))
  expect(feed.texts()).toEqual(['Hi all', 'Post 1', 'Post 2'])

  await userEvent.keyboard('{Control>}{End}{/Control}')
  expect(feed.focused()).toBe(feed.find('.end'))
  next?.focus()
  await userEvent.keyboard('{Control>}{Home}{/Control}')
  expect(feed.focused()).toBe(feed.find('textarea'))
})
