import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const pages = {
  marit: '/events/marit-halvorsen.html',
  session: '/events/sunday-session.html',
  lamplighter: '/events/lamplighter.html',
} as const

/** What a buyer does at the venue's ticket counter: the page's own words, whichever element speaks them. */
export class TicketCounter {
  readonly page: Page
  readonly #siteUrl: string

  constructor(page: Page, siteUrl: string) {
    this.page = page
    this.#siteUrl = siteUrl
  }

  async visit(night: keyof typeof pages): Promise<void> {
    await this.page.goto(this.#siteUrl + pages[night])
  }

  async choose(tier: string, quantity: number): Promise<void> {
    const add = this.page.getByRole('button', { name: `Add one ${tier}` })
    for (let chosen = 0; chosen < quantity; chosen++) await add.click()
  }

  async giveDetails(name: string, email: string): Promise<void> {
    await this.page.getByLabel('Full name').fill(name)
    await this.page.getByLabel('Email').fill(email)
  }

  async order(button: RegExp = /^Continue to payment/): Promise<void> {
    await this.page.getByRole('button', { name: button }).click()
  }

  /** The pay page of the twin. */
  async reachPayPage(): Promise<void> {
    await this.page.waitForURL(/\/c\/pay\//)
  }

  async pay(card?: string): Promise<void> {
    if (card) await this.page.getByLabel('Card number').fill(card)
    await this.page.getByRole('button', { name: /^Pay / }).click()
  }

  /** Waits for the tickets; answers how many entry codes are shown. */
  async entryCodes(): Promise<number> {
    const codes = this.page.getByRole('img', { name: /^Entry code of ticket/ })
    await codes.first().waitFor()
    return codes.count()
  }

  /** The address carries no order once the widget has read it. */
  async expectCleanAddress(): Promise<void> {
    await expect.poll(() => new URL(this.page.url()).hash).toBe('')
  }
}
