import { expect, test } from 'vitest'
import { sessionParams, twinWithSdk } from '../../../test/stripeTwin.ts'

const opened = async (change = {}) => {
  const setup = await twinWithSdk()
  const session = await setup.stripe.checkout.sessions.create(sessionParams(change))
  const url = String(session.url)
  const submit = (fields: Record<string, string>) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  return { ...setup, id: session.id, url, submit, show: async () => (await fetch(url)).text() }
}

test('shows lines, total, the buyer’s address and the way back', async () => {
  const { show } = await opened()
  const page = await show()
  expect(page).toContain('Standing')
  expect(page).toContain('2 × $15.00')
  expect(page).toContain('$30.00')
  expect(page).toContain('value="ada@example.com" readonly')
  expect(page).toContain('href="https://venue.test/gig#cancelled"')
})

test('names of the host stay text', async () => {
  const name = '<img src=x onerror=alert(1)>'
  const line = { quantity: 1, price_data: { currency: 'usd', unit_amount: 500, product_data: { name } } }
  const { show } = await opened({ line_items: [line] })
  expect(await show()).toContain('&lt;img src=x onerror=alert(1)&gt;')
})

test('a payment leads to the success address, id filled in and fragment kept', async () => {
  const { submit, id, stripe } = await opened()
  const response = await submit({ card: '4242 4242 4242 4242', name: 'Ada' })
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe(`https://venue.test/gig?session=${id}#venuekit-order=token`)
  const session = await stripe.checkout.sessions.retrieve(id)
  expect(session).toMatchObject({ payment_status: 'paid', customer_details: { email: 'ada@example.com', name: 'Ada' } })
})

test('a declined card is told, and another one may be tried', async () => {
  const { submit, id, stripe } = await opened()
  const declined = await submit({ card: '4000 0000 0000 0002' })
  expect(declined.status).toBe(402)
  expect(await declined.text()).toMatch(/role="alert">Your card was declined\./)
  expect((await stripe.checkout.sessions.retrieve(id)).status).toBe('open')
  expect((await submit({ card: '4242424242424242' })).status).toBe(303)
})

test('a number that is no card’s is told without a try at the issuer', async () => {
  const { submit, id, stripe } = await opened()
  const invalid = await submit({ card: '4242 4242 4242 4241' })
  expect(await invalid.text()).toContain('Your card number is invalid.')
  expect((await stripe.checkout.sessions.retrieve(id)).payment_intent).toBeNull()
})

test('a buyer whose address is not known has to give it', async () => {
  const { customer_email: _, ...params } = sessionParams()
  const { stripe } = await twinWithSdk()
  const session = await stripe.checkout.sessions.create(params)
  const submit = (email: string) =>
    fetch(String(session.url), { method: 'POST', body: new URLSearchParams({ email }), redirect: 'manual' })
  expect(await (await submit('nobody')).text()).toContain('Please give your e-mail address.')
  expect((await submit('eve@example.com')).status).toBe(303)
})

test('the delayed method is offered and leaves the session unpaid', async () => {
  const { submit, show, id, stripe } = await opened()
  expect(await show()).toContain('US bank account')
  expect((await submit({ method: 'us_bank_account' })).status).toBe(303)
  expect(await stripe.checkout.sessions.retrieve(id)).toMatchObject({ status: 'complete', payment_status: 'unpaid' })
})

test('complete, expired and unknown sessions say so and take no money', async () => {
  const paid = await opened()
  await paid.submit({})
  expect(await paid.show()).toContain('This payment is complete')
  expect((await paid.submit({})).status).toBe(409)

  const over = await opened()
  await over.stripe.checkout.sessions.expire(over.id)
  expect(await over.show()).toContain('This page has expired')
  expect((await over.submit({})).status).toBe(409)
  expect((await fetch(`${over.twin.url}/c/pay/cs_test_none`)).status).toBe(404)
})
