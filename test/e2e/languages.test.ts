import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DemoStack } from '../../examples/host/src/stack.ts'
import { startDemo } from './startDemo.ts'
import { launchChromium, Visitor } from './Visitor.ts'

let stack: DemoStack
let browser: Browser

beforeAll(async () => {
  ;[stack, browser] = await Promise.all([startDemo(), launchChromium()])
})

afterAll(async () => {
  await browser?.close()
  await stack?.[Symbol.asyncDispose]()
})

for (const [code, choose, direction] of [
  ['de', 'Wählen Sie Ihre Tickets', 'ltr'],
  ['es', 'Elige tus entradas', 'ltr'],
  ['ar', 'اختر تذاكرك', 'rtl'],
] as const) {
  test(`the venue’s visitor chooses ${code}, and both widgets speak it, within a narrow window and the policy`, async () => {
    const visitor = await Visitor.arrive(browser, { viewport: { width: 320, height: 700 } })
    await visitor.page.goto(stack.siteUrl)
    await visitor.page.getByLabel('Language of tickets and talk').selectOption(code)
    for (const widget of await visitor.page.locator('venuekit-tickets, venuekit-feed').all()) {
      await widget.scrollIntoViewIfNeeded()
      await widget.locator(`[part=root][lang=${code}], [part=root] [lang=${code}]`).first().waitFor()
      await widget.locator('[part=tier], [part=post]').first().waitFor()
    }
    await visitor.page.getByRole('button', { name: choose }).waitFor()
    expect(await visitor.page.locator('venuekit-tickets [part=root]').getAttribute('dir')).toBe(direction)
    await visitor.shoot(`home-${code}-320`, { whole: true })
    const overflow = await visitor.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect([overflow, visitor.complaintsOf(stack.siteUrl)]).toEqual([0, []])
    await visitor.leave()
  })
}
