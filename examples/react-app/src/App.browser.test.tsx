import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createVenueKit, type VenueKit } from '@venuekit/core'
import { validateAnswer } from '@venuekit/core/contracts'
import { createTestVenue, newTestEvent, newTestFeed, newTestTier, type TestVenue } from '@venuekit/core/testing'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { checkAccess } from '../../../test/checkAccess.ts'
import { App } from './App.tsx'

const feed = newTestFeed()
const seat = newTestTier({ name: 'A chair in the ring', available: 1 })
const event = newTestEvent({ name: 'Marit Halvorsen', tiers: [seat, newTestTier({ name: 'Standing' })] })

let venue: TestVenue
let venuekit: VenueKit
let root: Root
/** Where the page would have gone. */
let left: string[]

beforeEach(async () => {
  venue = createTestVenue({ feeds: [feed], events: [event] })
  left = []
  for (const text of ['Doors open at seven.', 'Is there a cloakroom?']) venue.addPost(feed.id, { text })
})

afterEach(() => {
  root.unmount()
  venuekit.close()
  document.body.replaceChildren()
})

const open = async () => {
  const { apiUrl, publishableKey, fetch } = venue
  const queryClient = new QueryClient()
  const viewer = { id: 'ada', name: 'Ada' }
  const getToken = () => 'viewer:ada'
  venuekit = createVenueKit({ apiUrl, publishableKey, fetch, queryClient, viewer, getToken, validate: validateAnswer })
  const place = document.createElement('div')
  document.body.append(place)
  root = createRoot(place)
  root.render(
    <QueryClientProvider client={queryClient}>
      <App venuekit={venuekit} feedId={feed.id} leave={url => left.push(url)} />
    </QueryClientProvider>,
  )
  await expect.element(page.getByText('Is there a cloakroom?')).toBeVisible()
  await expect.element(page.getByText('Marit Halvorsen')).toBeVisible()
}

const texts = () => [...document.querySelectorAll('.post .text')].map(({ textContent }) => textContent)
const row = (text: string) => page.getByRole('listitem').filter({ hasText: text })
const write = (text: string) => page.getByLabelText('Write a post').fill(text)
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

test('a post is there before the server has it, costs one request, and its row stays the same element', async () => {
  let release = () => {}
  const until = new Promise<void>(resolve => {
    release = resolve
  })
  venue.fault('createPost', { kind: 'wait', until })
  await open()
  const asked = venue.requests.length
  await write('Left my green scarf on the organ again.')
  await press('Post')
  await expect.element(row('green scarf')).toHaveClass('pending')
  expect(venue.state.posts).toHaveLength(2)
  const element = row('green scarf').element()
  release()
  await expect.element(row('green scarf')).not.toHaveClass('pending')
  expect(row('green scarf').element()).toBe(element)
  expect(venue.requests.slice(asked).map(({ route }) => route)).toEqual(['createPost'])
})

test('a post that is refused goes, and its words come back', async () => {
  venue.fault('createPost', { kind: 'problem', code: 'forbidden', detail: 'You are on the naughty list.' })
  await open()
  await write('Hear, hear')
  await press('Post')
  await expect.element(page.getByText(/naughty list/)).toBeVisible()
  expect(texts()).toEqual(['Is there a cloakroom?', 'Doors open at seven.'])
  await expect.element(page.getByLabelText('Write a post')).toHaveValue('Hear, hear')
})

test('a like and a deletion show at once and are kept', async () => {
  await open()
  await write('A slip')
  await press('Post')
  await row('A slip').getByRole('button', { name: /Like/ }).click()
  await expect.element(row('A slip').getByRole('button', { name: 'Like · 1' })).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(() => venue.state.posts.find(({ text }) => text === 'A slip')?.reactedBy).toEqual(['ada'])
  await row('A slip').getByRole('button', { name: 'Delete' }).click()
  expect(texts()).not.toContain('A slip')
  await expect.poll(() => venue.state.posts.map(({ text }) => text)).not.toContain('A slip')
})

test('older posts come by the page, and the feed comes back after a failure', async () => {
  for (let number = 1; number <= 25; number++) venue.addPost(feed.id, { text: `Post ${number}` })
  venue.addPost(feed.id, { text: 'Is there a cloakroom? Yes.' })
  venue.fault('listPosts', { kind: 'problem', code: 'forbidden', detail: 'Not just now.' })
  const opened = open()
  await press('Try again')
  await page.getByRole('button', { name: 'Older posts' }).click()
  await expect.poll(() => texts().length).toBe(28)
  expect(new Set(texts()).size).toBe(28)
  await opened.catch(() => {})
})

const buy = async (tier: RegExp) => {
  await page.getByText(tier).click()
  await page.getByRole('textbox', { name: 'E-mail' }).fill('ada@example.com')
  await press('Buy one')
}

test('a buyer leaves for the pay page, once', async () => {
  venue.fault('createOrder', { kind: 'lost_answer' })
  await open()
  await buy(/A chair in the ring/)
  await expect.poll(() => left).toHaveLength(1)
  const [stored] = venue.state.orders
  expect(venue.state.orders).toHaveLength(1)
  expect(stored?.checkout).toEqual({ kind: 'redirect', url: left[0] })
  expect(stored?.order).toMatchObject({
    buyer: { name: 'Ada', email: 'ada@example.com' },
    total: { amountMinor: 2500 },
  })
})

test('a chair that somebody else took a moment ago is sold out', async () => {
  await open()
  const tier = venue.state.events[0]?.tiers[0]
  if (tier) tier.available = 0
  await buy(/A chair in the ring/)
  await expect.element(page.getByText('Sold out a moment ago.')).toBeVisible()
  expect(left).toEqual([])
})

test('nothing is in anybody’s way, by light and by dark', async () => {
  await open()
  await page.getByText(/Standing/).click()
  await userEvent.tab()
  for (const scheme of ['light', 'dark']) {
    document.documentElement.style.colorScheme = scheme
    expect(await checkAccess(document.body)).toEqual([])
    if (import.meta.env.VITE_PICTURES) await page.screenshot({ path: `../../../.screenshots/react-app-${scheme}.png` })
  }
})
