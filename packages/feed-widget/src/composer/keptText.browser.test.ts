import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { feedId, maya } from '../testing/mountFeed.ts'
import { type OpenFeed, openFeed } from '../testing/openFeed.ts'

let feed: OpenFeed

beforeEach(() => {
  localStorage.clear()
})

afterEach(() => {
  document.body.replaceChildren()
  localStorage.clear()
  vi.unstubAllGlobals()
})

type Element = OpenFeed['element']

/** As a page that is loaded anew: nothing of the one before is there but what the device has kept. */
const open = async (dress: (element: Element) => void = allow) => {
  document.body.replaceChildren()
  feed = await openFeed({ dress })
}
const allow = (element: Element) => {
  element.storage = 'all'
}
const field = () => feed.find<HTMLTextAreaElement>('textarea')
const kept = () => Object.entries({ ...localStorage })
const nothingIsKept = () => feed.until(() => kept().length === 0)

test('what is being written outlives the page where the page may keep it, and is sent from there', async () => {
  await open()
  await feed.write('The stove is lit\nalready')
  await open()
  expect(field().value).toBe('The stove is lit\nalready')
  expect(feed.button('Post').ariaDisabled).toBe('false')
  feed.button('Post').click()
  await feed.until(() => feed.server.bodies.length === 1)
  expect(feed.server.bodies).toMatchObject([{ text: 'The stove is lit\nalready' }])
  await nothingIsKept()
  await open()
  expect(field().value).toBe('')
})

test('a text that is taken back is kept no more', async () => {
  await open()
  await feed.write('Never mind')
  expect(kept()).toHaveLength(1)
  await userEvent.clear(field())
  await nothingIsKept()
})

for (const storage of ['necessary', 'none'] as const)
  test(`with storage ${storage} nothing is kept, and what was goes`, async () => {
    await open()
    await feed.write('Kept before')
    await open(element => {
      element.storage = storage
    })
    expect(field().value).toBe('')
    expect(kept()).toEqual([])
    await feed.write('Not kept')
    expect(kept()).toEqual([])
  })

test('a consent that is withdrawn takes along what was kept', async () => {
  await open()
  await feed.write('Kept until now')
  feed.element.storage = 'necessary'
  await feed.write('Kept no more')
  await nothingIsKept()
})

test('another feed has another text', async () => {
  await open()
  await feed.write('In the first feed')
  await open(element => {
    allow(element)
    element.feedId = feedId.replace(/1$/, '2')
  })
  expect(field().value).toBe('')
  await open()
  expect(field().value).toBe('In the first feed')
})

test('who signs out leaves no text', async () => {
  await open()
  await feed.write('Mine alone')
  feed.element.viewer = null
  await nothingIsKept()
})

test('another viewer of the same device finds nothing, and nothing is left to find', async () => {
  await open()
  await feed.write('Mine alone')
  await open(element => {
    allow(element)
    element.viewer = { id: 'sam', name: 'Sam' }
  })
  expect(field().value).toBe('')
  expect(kept()).toEqual([])
})

test('who was not known yet when the page began still finds the text', async () => {
  await open()
  await feed.write('Here I am')
  await open(element => {
    allow(element)
    element.viewer = null
    void element.ready.then(() => {
      element.viewer = maya
    })
  })
  expect(field().value).toBe('Here I am')
})

test('what somebody else left in its place is no text', async () => {
  for (const strange of ['{', '7', 'null', '["maya"]', '["maya",{}]', '{"text":"x"}']) {
    localStorage.setItem(`venuekit:text:${feedId}`, strange)
    await open()
    expect(field().value, strange).toBe('')
  }
})

test('where the device keeps nothing, one writes all the same', async () => {
  const refuse = () => {
    throw new DOMException('full', 'QuotaExceededError')
  }
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(refuse)
  await open()
  await feed.write('Not kept')
  feed.button('Post').click()
  await feed.until(() => feed.server.bodies.length === 1)
  vi.restoreAllMocks()
})
