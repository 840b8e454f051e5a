/**
 * The text of a script that does what the embedded checkout of Stripe.js does, with the twin's pay page in its frame: one
 * on a page at a time, mounted, unmounted, destroyed, told when it is complete. A browser test serves it in the place of
 * `https://js.stripe.com/…/stripe.js`.
 */
export const stripeScript = (twinUrl: string): string => `(() => {
  const twin = ${JSON.stringify(twinUrl)}
  let present = null
  const refuse = message => { throw Object.assign(new Error(message), { name: 'IntegrationError' }) }
  const createCheckout = (id, secret, onComplete) => {
    let frame = null
    const unmount = () => {
      frame?.remove()
      frame = null
    }
    const onMessage = event => {
      if (event.origin !== twin || !frame || event.source !== frame.contentWindow) return
      if (event.data.leadTo) location.assign(event.data.leadTo)
      else onComplete?.()
    }
    addEventListener('message', onMessage)
    const checkout = {
      mount(place) {
        if (present !== checkout) refuse('This checkout was destroyed.')
        if (frame) refuse('This checkout is mounted already.')
        const found = typeof place === 'string' ? document.querySelector(place) : place
        if (!found?.isConnected || found.getRootNode() !== document) refuse('The place to mount in is not in the page.')
        frame = document.createElement('iframe')
        frame.title = 'Secure payment'
        frame.src = twin + '/c/embed/' + id + '?secret=' + encodeURIComponent(secret)
        Object.assign(frame.style, { width: '100%', height: '640px', border: '0' })
        found.append(frame)
      },
      unmount,
      destroy() {
        unmount()
        removeEventListener('message', onMessage)
        if (present === checkout) present = null
      },
    }
    return checkout
  }
  globalThis.Stripe = key => {
    if (!/^pk_/.test(key)) refuse('Stripe(…) takes a publishable key.')
    return {
      async createEmbeddedCheckoutPage({ fetchClientSecret, onComplete }) {
        if (present) refuse('There is one embedded checkout on this page already: destroy it first.')
        present = {}
        try {
          const secret = await fetchClientSecret()
          const id = /^(cs_[a-z]+_[A-Za-z0-9]+)_secret_/.exec(secret)?.[1] ?? refuse('This is no client secret.')
          present = createCheckout(id, secret, onComplete)
          return present
        } catch (error) {
          present = null
          throw error
        }
      },
    }
  }
})()
`
