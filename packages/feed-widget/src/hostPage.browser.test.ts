import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { hear, type OpenFeed, openFeed } from './testing/openFeed.ts'

let feed: OpenFeed

beforeEach(() => {
  document.documentElement.lang = 'en'
})

afterEach(() => {
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

const open = async (options?: Parameters<typeof openFeed>[0]) => {
  feed = await openFeed(options)
}

describe('on any page', () => {
  test('an element without its feed says what is missing', async () => {
    const errors = hear('venuekit-error')
    const element = document.createElement('venuekit-feed')
    element.apiUrl = 'https://api.example'
    document.body.append(element)
    await expect(element.ready).rejects.toThrow('feed-id')
    expect(errors[0]?.detail.message).toContain('feed-id')
  })

  test("the page's rules do not reach inside", async () => {
    const style = document.createElement('style')
    style.textContent = `* { color: rgb(255, 0, 0) !important; letter-spacing: 9px !important; text-transform: uppercase !important;
      line-height: 4 !important; font-size: 40px !important; text-align: right !important; float: left; display: inline }`
    document.head.append(style)
    await open({ dress: element => element.setAttribute('theme', 'light') })
    const { color, letterSpacing, textTransform, fontSize, textAlign } = getComputedStyle(feed.find('.text'))
    const seen = [color, letterSpacing, textTransform, fontSize, textAlign]
    style.remove()
    expect(seen).toEqual(['rgb(21, 23, 28)', 'normal', 'none', '15px', 'start'])
  })

  test('nothing needs an inline style', async () => {
    await open()
    await feed.write('Hello')
    feed.button('Post').click()
    await feed.until(() => feed.find('article').dataset.delivery === 'sent')
    expect(feed.all('[style], style')).toEqual([])
  })
})
