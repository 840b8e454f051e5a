import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { chromiumLaunch } from '../chromium.ts'

const shots = fileURLToPath(new URL('../../.screenshots/', import.meta.url))

export const launchChromium = async (): Promise<Browser> => chromium.launch(await chromiumLaunch())

/** A person with a browser of their own: no cookie, storage or cache is shared with another. */
export class Visitor {
  readonly page: Page
  readonly #complaints: { page: string; text: string }[] = []
  readonly #context: BrowserContext

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context
    this.page = page
    page.setDefaultTimeout(40_000)
    page.on('pageerror', error => this.#complain(`uncaught: ${error.message}`))
    page.on('console', message => {
      if (message.type() === 'error') this.#complain(`console: ${message.text()}`)
    })
  }

  static async arrive(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
    const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1200, height: 900 }, ...options })
    const visitor = new Visitor(context, await context.newPage())
    await context.exposeBinding('reportViolation', (_, violation: string) => {
      visitor.#complain(`policy: ${violation}`)
    })
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', event => {
        const report = (window as unknown as { reportViolation(text: string): void }).reportViolation
        report(
          `${event.effectiveDirective} ${event.blockedURI} ${event.sample} (${event.sourceFile}:${event.lineNumber})`,
        )
      })
    })
    return visitor
  }

  /** What a site's pages complained of: policy violations, errors that nobody caught, lines of `console.error`. */
  complaintsOf(site: string): string[] {
    return this.#complaints.filter(({ page }) => page.startsWith(site)).map(({ text }) => text)
  }

  #complain(text: string): void {
    this.#complaints.push({ page: this.page.url(), text })
  }

  /** Into the git-ignored folder of screenshots. */
  async shoot(name: string, { whole = false }: { whole?: boolean } = {}): Promise<void> {
    mkdirSync(shots, { recursive: true })
    await this.page.screenshot({ path: `${shots}${name}.png`, fullPage: whole, animations: 'disabled' })
  }

  async leave(): Promise<void> {
    await this.#context.close()
  }
}
