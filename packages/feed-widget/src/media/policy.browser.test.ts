import { afterEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { mountFeed } from '../testing/mountFeed.ts'
import { sampleItem, samplePicture, sampleVideo } from '../testing/sampleMedia.ts'

afterEach(() => {
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

test('a policy that allows media of one source and no inline style is not violated, full screen included', async () => {
  const media = [
    [await samplePicture(), await samplePicture()],
    [await sampleVideo()],
    [sampleItem({ status: 'processing' })],
  ]
  const violations: string[] = []
  document.addEventListener('securitypolicyviolation', event => {
    violations.push(`${event.violatedDirective} ${event.blockedURI}`)
  })
  const policy = document.createElement('meta')
  policy.httpEquiv = 'content-security-policy'
  // The samples are blobs; a host names its API here.
  policy.content =
    "img-src blob:; media-src blob:; style-src 'none'; font-src 'none'; object-src 'none'; frame-src 'none'"
  document.head.append(policy)
  const feed = await mountFeed({
    posts: 0,
    signedIn: false,
    prepare: server => {
      for (const items of media) server.add('Tonight', { media: items })
    },
  })
  await feed.until(() => feed.all('.picture.shown').length === 2)
  await feed.until(() => feed.find<HTMLVideoElement>('video').currentTime > 0)
  feed.all('.opens')[0]?.click()
  await feed.until(() =>
    feed.all<HTMLImageElement>('[data-current="true"] > .large').some(image => image.naturalWidth > 0),
  )
  await userEvent.keyboard('{ArrowRight}+{ArrowUp}')
  await feed.until(() => feed.find('.counter').textContent === '2 of 2')
  await userEvent.keyboard('{Escape}')
  await feed.until(() => feed.all('dialog').length === 0)
  expect(violations).toEqual([])

  // The same page hears of what it forbids.
  const other = document.createElement('img')
  other.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='
  document.body.append(other)
  await vi.waitFor(() => expect(violations).toEqual(['img-src data']), 20_000)
})
