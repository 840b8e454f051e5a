import { expect, test } from 'vitest'
import { sessionParams, twinWithSdk } from '../../../test/stripeTwin.ts'

const opened = async (redirect: 'always' | 'if_required' = 'if_required') => {
  const setup = await twinWithSdk()
  const { success_url: _, cancel_url: __, ...rest } = sessionParams()
  const session = await setup.stripe.checkout.sessions.create({
    ...rest,
    ui_mode: 'embedded_page',
    return_url: 'https://venue.test/gig#</script>',
    redirect_on_completion: redirect,
  })
  const address = (secret = session.client_secret ?? '') =>
    `${setup.twin.url}/c/embed/${session.id}?secret=${encodeURIComponent(secret)}`
  const submit = (card: string) => fetch(address(), { method: 'POST', body: new URLSearchParams({ card }) })
  return { ...setup, id: session.id, address, submit }
}

test('shows the form in any page’s frame to whoever has the client secret, and to nobody else', async () => {
  const { address } = await opened()
  const page = await fetch(address())
  expect(page.headers.get('content-security-policy')).toBeNull()
  expect(await page.text()).toContain('Card number')
  expect((await fetch(address('cs_test_1_secret_guessed'))).status).toBe(404)
})

test('a declined card may be tried again; a payment is told to the page around the frame', async () => {
  const { submit, stripe, id } = await opened()
  expect((await submit('4000 0000 0000 0002')).status).toBe(402)
  const done = await submit('4242 4242 4242 4242')
  expect(await done.text()).toContain('parent.postMessage({"leadTo":null}')
  expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid')
  expect((await submit('4242 4242 4242 4242')).status).toBe(404)
})

test('a session that always redirects says where to, and nothing in that address is markup', async () => {
  const { submit } = await opened('always')
  const text = await (await submit('4242 4242 4242 4242')).text()
  expect(text).toContain('"leadTo":"https://venue.test/gig#\\u003c/script>"')
})

test('brings the script that a browser test serves in the place of Stripe.js', async () => {
  const { twin } = await opened()
  const script = await fetch(`${twin.url}/endive/stripe.js`)
  expect(script.headers.get('content-type')).toContain('javascript')
  expect(await script.text()).toContain(twin.url)
})
