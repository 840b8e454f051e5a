import { afterEach, expect, test, vi } from 'vitest'
import { maya, nextFrame } from './testing/mountFeed.ts'
import { type OpenFeed, openFeed } from './testing/openFeed.ts'

afterEach(() => {
  document.body.replaceChildren()
  vi.unstubAllGlobals()
})

const mine = { author: maya, canDelete: true }
const open = (posts: number) =>
  openFeed({
    posts,
    prepare: server => {
      server.info.permissions.moderate = true
      server.add('Mine', mine)
    },
  })

const choose = async (feed: OpenFeed, name: string) => {
  feed.find('[aria-haspopup=menu]').click()
  const item = () => feed.all('[role=menuitem]').find(({ textContent }) => textContent === name)
  await feed.until(() => item() !== undefined)
  item()?.click()
  await feed.until(() => feed.all('[role=menuitem]').length === 0)
}

/** Everything that a page may forbid: nothing loads, nothing is inline, and no text becomes markup or a script. */
const strictest = "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

test('under a policy that allows nothing, with Trusted Types, all that can be done violates none of it', async () => {
  // What loads on demand comes from the page's own source, before the policy of this test.
  const earlier = await open(50)
  await earlier.until(() => earlier.all('.react').length > 0)
  await import('./window/LongList.ts')
  earlier.element.remove()
  const violations: string[] = []
  document.addEventListener('securitypolicyviolation', event => {
    violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`)
  })
  const policy = document.createElement('meta')
  policy.httpEquiv = 'content-security-policy'
  policy.content = strictest
  document.head.append(policy)

  const feed = await open(50)
  await feed.until(() => feed.all('.react').length > 0)
  feed.find('.react').click()
  await choose(feed, 'Pin to top')
  await feed.until(() => feed.all('.bar').length === 1)
  await choose(feed, 'Delete')
  await feed.until(() => feed.find('.bar').textContent.includes('Undo'))
  feed.button('Undo').click()
  feed.all('[aria-haspopup=menu]')[1]?.click()
  await feed.until(() => feed.all('[role=menuitem]').length > 0)
  feed
    .all('[role=menuitem]')
    .find(({ textContent }) => textContent === 'Report…')
    ?.click()
  await feed.until(() => feed.all('dialog[open]').length === 1)
  feed.find('dialog input').click()
  await feed.until(() => feed.button('Send report').ariaDisabled === 'false')
  feed.button('Send report').click()
  await feed.until(() => feed.server.reports.length === 1)
  await feed.write('<img src=x onerror=alert(1)>')
  feed.button('Post').click()
  await feed.until(() => feed.requests('POST').length === 1)
  // First away from the top: what comes there is held back.
  window.scrollTo(0, 2000)
  for (let frames = 0; frames < 3; frames += 1) await nextFrame()
  feed.server.add('News', {})
  await feed.element.refresh()
  await feed.until(() => feed.all('.pill').length === 1)
  feed.find('.pill').click()
  await feed.until(() => feed.texts().includes('News'))
  expect(violations).toEqual([])

  // The same page hears of what it forbids.
  expect(() => {
    document.body.insertAdjacentHTML('beforeend', '<b>markup</b>')
  }).toThrow()
  await vi.waitFor(() => expect(violations.join()).toContain('require-trusted-types-for'), 20_000)
})
