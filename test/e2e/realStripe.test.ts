import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startStack } from '../../examples/host/src/stack.ts'
import { HostSite, tags } from './HostSite.ts'
import { TicketCounter } from './TicketCounter.ts'
import { launchChromium, Visitor } from './Visitor.ts'

const { STRIPE_SECRET_KEY: secretKey = '', STRIPE_PUBLISHABLE_KEY: publishableKey = '' } = process.env

// Runs with test keys of one's own alone; all other tests pay at the twin.
test.skipIf(!secretKey || !publishableKey)(
  'the real Stripe.js shows the form of a session of the real Stripe',
  async () => {
    await using site = await HostSite.open()
    const folder = mkdtempSync(join(tmpdir(), 'venuekit-e2e-'))
    await using stack = await startStack({
      mode: 'serve',
      ports: { api: 0, twin: 0, site: 0 },
      folder,
      fresh: false,
      scratch: true,
      database: { kind: 'embedded', folder: join(folder, 'postgres') },
      stripe: { secretKey, publishableKey, webhookSecret: 'whsec_unused' },
      pages: [site.url],
    })
    await using browser = await launchChromium()
    const { page } = await Visitor.arrive(browser)
    await page.goto(site.put('/show', tags.loader(stack.apiUrl) + tags.tickets('payment="embedded" loading="eager"')))
    const counter = new TicketCounter(page, site.url)
    await counter.choose('Chair', 1)
    await counter.giveDetails('Ada Lovelace', 'ada@buyer.example')
    await counter.order()
    const frame = page.locator('venuekit-tickets > [slot=payment] iframe').first()
    await frame.waitFor()
    expect(await frame.getAttribute('src')).toMatch(/^https:\/\/(js|checkout)\.stripe\.com\//)
  },
)
