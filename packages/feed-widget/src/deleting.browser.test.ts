import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { maya } from './testing/mountFeed.ts'
import { hear, type OpenFeed, openFeed } from './testing/openFeed.ts'

let feed: OpenFeed
let mine: string

beforeEach(() => {
  document.documentElement.lang = 'en'
})

afterEach(() => {
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

const open = async (prepare: (server: OpenFeed['server']) => void = () => {}) => {
  feed = await openFeed({
    posts: 2,
    prepare: server => {
      mine = server.add('Mine', { author: maya, canDelete: true }).id
      prepare(server)
    },
  })
}
const deletes = () => feed.server.requests.filter(line => line === `DELETE /v1/posts/${mine}`)
const item = (name: string) => {
  const found = feed.all('[role=menuitem]').find(({ textContent }) => textContent === name)
  if (!found) throw new Error(`The menu has no ${name}.`)
  return found
}
/** Chooses Delete in the first post's menu, with the pointer. */
const remove = async () => {
  await userEvent.click(feed.button('Post options'))
  await userEvent.click(item('Delete'))
}
const removeByKeys = async () => {
  feed.button('Post options').focus()
  await userEvent.keyboard('{ArrowUp}')
  await feed.until(() => feed.focused() === item('Delete'))
  await userEvent.keyboard('{Enter}')
}

test('the post goes at once, the focus is on the next, and nothing is sent while it can be undone', async () => {
  await open()
  const [, next] = feed.all('article')
  await remove()
  expect(feed.texts()).toEqual(['Post 1', 'Post 2'])
  expect(feed.focused()).toBe(next)
  await feed.until(() => feed.all('.bar').length === 1)
  expect(feed.find('[role=status].dock').textContent).toContain('Post deleted')
  expect(deletes()).toEqual([])
})

test('undo brings it back in its place and moves the focus to it', async () => {
  await open()
  await remove()
  await userEvent.click(feed.button('Undo'))
  expect(feed.texts()).toEqual(['Mine', 'Post 1', 'Post 2'])
  await feed.until(() => feed.focused() === feed.find('article'))
  await feed.until(() => feed.all('.bar').length === 0)
  expect(deletes()).toEqual([])
})

test('who deletes by keys has the focus on undo, and Escape sends it and goes back to the posts', async () => {
  await open()
  const deleted = hear('venuekit-post-deleted')
  await removeByKeys()
  await feed.until(() => feed.focused() === feed.button('Undo'))
  await userEvent.keyboard('{Escape}')
  expect(feed.focused()).toBe(feed.find('article'))
  await feed.until(() => deleted.length === 1)
  expect(deletes()).toHaveLength(1)
})

test('a page that goes takes the deletion along, in a request that outlives it', async () => {
  const sent: Request[] = []
  await open(server => {
    const { fetch } = server
    Object.assign(server, {
      fetch: (request: Request) => {
        sent.push(request)
        return fetch(request)
      },
    })
  })
  await remove()
  window.dispatchEvent(new PageTransitionEvent('pagehide'))
  await feed.until(() => deletes().length === 1)
  expect(sent.at(-1)).toMatchObject({ method: 'DELETE', keepalive: true })
})

test('a widget that goes sends what could be undone', async () => {
  await open()
  await remove()
  feed.element.remove()
  await feed.until(() => deletes().length === 1)
})

test('a deletion that failed brings the post back and says so', async () => {
  await open(server => server.failNext('DELETE', 'forbidden'))
  await removeByKeys()
  await feed.until(() => feed.focused() === feed.button('Undo'))
  await userEvent.keyboard('{Escape}')
  await feed.until(() => feed.texts().length === 3)
  expect(feed.find('article').textContent).toContain('Not deleted. That is not allowed here.')
  feed.button('Keep').click()
  await feed.until(() => feed.all('.problem').length === 0)
})

test("others' posts offer no delete", async () => {
  await open(server => void server.posts.shift())
  await userEvent.click(feed.button('Post options'))
  expect(feed.all('[role=menuitem]').map(({ textContent }) => textContent)).toEqual(['Report…'])
})
