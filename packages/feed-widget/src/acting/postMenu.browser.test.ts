import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { maya, nextFrame } from '../testing/mountFeed.ts'
import { hear, type OpenFeed, openFeed } from '../testing/openFeed.ts'

let feed: OpenFeed

beforeEach(async () => {
  document.documentElement.lang = 'en'
  await page.viewport(640, 700)
})

afterEach(() => {
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

const open = async (options: Parameters<typeof openFeed>[0] = {}) => {
  feed = await openFeed(options)
  await feed.until(() => feed.all('.react').length > 0)
}
const opener = (at = 0) => feed.all<HTMLButtonElement>('[aria-haspopup=menu]')[at] ?? feed.button('Post options')
const items = () => feed.all('[role=menuitem]')
const names = () => items().map(({ textContent }) => textContent)
const choose = (name: string) => userEvent.click(items().find(item => item.textContent === name) ?? feed.element)
const moderated = (server: OpenFeed['server']) => {
  server.info.permissions.moderate = true
  for (const post of server.posts) post.canDelete = true
}

test('it offers what the viewer may do: own posts, posts of others, and everything to a moderator', async () => {
  await open({ posts: 1, prepare: server => void server.add('Mine', { author: maya, canDelete: true }) })
  await userEvent.click(opener(0))
  expect(names()).toEqual(['Delete'])
  await userEvent.keyboard('{Escape}')
  await userEvent.click(opener(1))
  expect(names()).toEqual(['Report…'])
  document.body.replaceChildren()
  await open({ posts: 1, prepare: moderated })
  await userEvent.click(opener())
  expect(names()).toEqual(['Pin to top', 'Report…', 'Delete'])
})

test('its keys are those of the menu pattern, and Escape gives the focus back', async () => {
  await open({ prepare: moderated })
  opener(1).focus()
  await userEvent.keyboard('{ArrowUp}')
  await feed.until(() => feed.focused()?.textContent === 'Delete')
  expect(opener(1).getAttribute('aria-expanded')).toBe('true')
  for (const [key, name] of [
    ['{ArrowDown}', 'Pin to top'],
    ['{End}', 'Delete'],
    ['{Home}', 'Pin to top'],
    ['{ArrowUp}', 'Delete'],
    ['r', 'Report…'],
    ['{PageDown}', 'Report…'],
  ] as const) {
    await userEvent.keyboard(key)
    expect(feed.focused()?.textContent).toBe(name)
  }
  await userEvent.keyboard('{Escape}')
  await feed.until(() => items().length === 0)
  expect(feed.focused()).toBe(opener(1))
  await userEvent.keyboard('{Enter}')
  await feed.until(() => feed.focused()?.textContent === 'Pin to top')
  await userEvent.keyboard('{Tab}')
  await feed.until(() => items().length === 0)
})

test('a page that scrolls closes it, and the focus goes back to what opened it', async () => {
  await open()
  opener().focus()
  await userEvent.keyboard('{ArrowDown}')
  await feed.until(() => items().includes(feed.focused() as HTMLElement))
  window.dispatchEvent(new Event('scroll'))
  await feed.until(() => items().length === 0)
  expect(feed.focused()).toBe(opener())
})

test('a press outside closes it, elsewhere in the page and in the feed', async () => {
  const outside = document.createElement('p')
  outside.textContent = 'The rest of the page'
  await open()
  document.body.prepend(outside)
  for (const target of [outside, feed.find('.text')]) {
    await userEvent.click(opener())
    await feed.until(() => items().length > 0)
    await userEvent.click(target)
    await feed.until(() => items().length === 0)
  }
  await userEvent.click(opener())
  await userEvent.click(opener())
  await feed.until(() => items().length === 0)
})

for (const direction of ['ltr', 'rtl']) {
  test(`it is wholly on the screen wherever its post stands, ${direction}`, async () => {
    await open({ posts: 20, dress: element => element.setAttribute('dir', direction) })
    for (const [at, block] of [
      [0, 'start'],
      [9, 'end'],
      [19, 'end'],
    ] as const) {
      opener(at).scrollIntoView({ block, behavior: 'instant' })
      await nextFrame()
      await nextFrame()
      opener(at).click()
      await feed.until(() => items().length > 0)
      const { left, right, top, bottom } = feed.find('.menu').getBoundingClientRect()
      expect(left).toBeGreaterThanOrEqual(0)
      expect(top).toBeGreaterThanOrEqual(0)
      expect(right).toBeLessThanOrEqual(640)
      expect(bottom).toBeLessThanOrEqual(700)
      opener(at).click()
      await feed.until(() => items().length === 0)
    }
  })
}

test('a moderator pins a post, which goes to the top, and unpins it', async () => {
  await open({ prepare: moderated })
  await userEvent.click(opener(2))
  await choose('Pin to top')
  await feed.until(() => feed.texts()[0] === 'Post 3')
  expect(feed.find('.badge').textContent).toBe('Pinned')
  expect(feed.find('.bar').textContent).toContain('Pinned to the top')
  await userEvent.click(opener(0))
  await choose('Unpin')
  await feed.until(() => feed.texts()[2] === 'Post 3')
})

test('a report needs a reason, keeps what was written when it fails, and thanks for it', async () => {
  await open({ prepare: server => server.failNext('POST', 'forbidden') })
  await userEvent.click(opener(1))
  await choose('Report…')
  await feed.until(() => feed.all('dialog[open]').length === 1)
  feed.button('Send report').click()
  expect(feed.focused()).toBe(feed.find('dialog input'))
  await userEvent.click(feed.find('input[value=abuse]'))
  await userEvent.fill(feed.find('dialog textarea'), 'Look at the last line.')
  await userEvent.click(feed.button('Send report'))
  await feed.until(() => feed.all('.fault').length === 1)
  expect(feed.find('.fault').textContent).toBe('Your report was not sent. That is not allowed here.')
  await userEvent.click(feed.button('Send report'))
  await feed.until(() => feed.all('dialog').length === 0)
  expect(feed.server.reports).toEqual([{ reason: 'abuse', note: 'Look at the last line.' }])
  expect(feed.find('.bar').textContent).toContain('Thank you.')
  expect(feed.focused()).toBe(opener(1))
})

test('a heart shows the wish at once and again as it was when the server refuses', async () => {
  await open({ posts: 0, prepare: server => void server.add('Hi', { reactions: { count: 1233, mine: false } }) })
  const heart = feed.find('.react')
  expect(heart.getAttribute('aria-pressed')).toBe('false')
  expect(heart.textContent).toBe('Like 1.2K')
  const release = feed.server.hold('PUT')
  feed.server.failNext('PUT', 'forbidden')
  heart.click()
  expect(heart.getAttribute('aria-pressed')).toBe('true')
  release()
  await feed.until(() => heart.getAttribute('aria-pressed') === 'false')
  await feed.until(() => feed.find('.dock').textContent.includes('That did not work. That is not allowed here.'))
})

test('where reactions are off there are none, and no room for them', async () => {
  feed = await openFeed({
    prepare: server => {
      server.info.features.reactions = false
    },
  })
  await feed.until(() => feed.all('.row-end').length === 0)
  expect(feed.all('.react')).toEqual([])
})

test('who is not signed in is sent to the page first, and told to sign in where it does not take care of it', async () => {
  await open({ signedIn: false })
  const asked = hear('venuekit-auth-required')
  feed.find('.react').click()
  expect(asked[0]?.detail).toEqual({ action: 'react' })
  await feed.until(() => feed.find('.dock').textContent.includes('Sign in on this site first.'))
  await userEvent.click(opener())
  const askedAgain = hear('venuekit-auth-required')
  await choose('Report…')
  expect(askedAgain[0]?.detail).toEqual({ action: 'report' })
  expect(feed.all('dialog')).toEqual([])
  expect(feed.server.requests.some(line => line.startsWith('PUT') || line.startsWith('POST'))).toBe(false)
})

test('a page that takes care of it hears of the wish, and the feed says nothing', async () => {
  await open({ signedIn: false })
  feed.element.addEventListener('venuekit-auth-required', event => event.preventDefault())
  feed.find('.react').click()
  await userEvent.click(feed.find('.text'))
  expect(feed.all('.bar')).toEqual([])
})
