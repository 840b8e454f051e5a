import { afterEach, expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { PageFailure } from './client/PageFailure.ts'
import { mountPage } from './mountPage.tsx'
import { createPageServer, type PageServer } from './testing/pageServer.ts'
import { sampleEvent, wellOperations } from './testing/sampleOperations.ts'

let unmount: (() => void) | null = null

afterEach(() => {
  unmount?.()
  unmount = null
  document.body.replaceChildren()
  history.replaceState(null, '', location.pathname + location.search)
})

const open = (server: PageServer) => {
  const root = document.createElement('div')
  document.body.append(root)
  unmount = mountPage(root, server.client, { tell: () => {}, listen: () => {} }, 200)
}

const signIn = async () => {
  await userEvent.fill(page.getByLabelText('Secret key'), 'vk_sec_0123456789')
  await userEvent.keyboard('{Enter}')
}

test('the door says why it stays shut: too many keys, or a database that is away', async () => {
  const server = createPageServer({ operations: wellOperations(), signedIn: false })
  open(server)
  server.failure = new PageFailure('refused', 'The database cannot be reached', 1000)
  await signIn()
  await expect.element(page.getByRole('alert')).toHaveTextContent('The database cannot be reached')
  server.failure = new PageFailure('too_often', 'Too many keys were tried from here.', 21_000)
  await signIn()
  await expect.element(page.getByRole('alert')).toHaveTextContent('Too many keys were tried. Try again in 21 s.')
})

test('whoever signed in by the keyboard goes on at the heading of the page', async () => {
  open(createPageServer({ operations: wellOperations(), signedIn: false }))
  await signIn()
  await expect.element(page.getByRole('region', { name: 'Overall state' })).toBeVisible()
  await expect.poll(() => document.activeElement?.tagName).toBe('H1')
  await userEvent.tab()
  expect(document.activeElement?.textContent).toBe('Log out')
})

test('an event that cannot be read now does not read as one that is not there', async () => {
  const server = createPageServer({ operations: wellOperations(), events: [sampleEvent(1)] })
  open(server)
  const name = page.getByRole('button', { name: sampleEvent(1).name })
  await expect.element(name).toBeVisible()
  server.failure = new PageFailure('refused', 'The database cannot be reached')
  await name.click()
  await expect.element(page.getByRole('heading', { name: 'Not to be read now' })).toBeVisible()
  server.failure = null
  await expect.element(page.getByRole('heading', { name: 'No such event' })).toBeVisible()
})

test('whoever comes back from an event goes on at its row', async () => {
  const server = createPageServer({ operations: wellOperations(), events: [sampleEvent(1), sampleEvent(2)] })
  open(server)
  const name = page.getByRole('button', { name: sampleEvent(2).name })
  await name.click()
  await page.getByRole('button', { name: 'All events' }).click()
  await expect.element(name).toHaveFocus()
})
