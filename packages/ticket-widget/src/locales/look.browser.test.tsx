import { adoptStyles } from '@venuekit/core/element'
import { render } from 'preact'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { checkout } from '../checkout/checkout.tsx'
import { english } from '../messages.ts'
import { createMoneyFormat } from '../money.ts'
import { styles } from '../styles/index.ts'
import { sampleStates } from '../testing/sampleStates.ts'
import { createText } from '../text.ts'
import { createTimeFormat } from '../time.ts'
import { Card } from '../view/Card.tsx'
import { languages } from './languages.ts'

/** `VITE_PICTURES=1` draws every state into `.screenshots/tickets`, for people to look at. */
const wantsPictures = (import.meta as { env?: Record<string, string> }).env?.VITE_PICTURES === '1'

const show = async (locale: string, name: string, theme: 'light' | 'dark') => {
  const state = sampleStates[name]
  const language = await languages[locale]?.()
  if (!state || !language) throw new Error(`There is no ${name} in ${locale}.`)
  await page.viewport(320, 900)
  document.documentElement.style.cssText = `background: ${theme === 'dark' ? '#0c0d10' : '#eceef2'}`
  document.body.style.cssText = 'margin: 0; padding: 16px; font-family: "Open Sans", system-ui, sans-serif'
  const host = document.createElement('div')
  host.setAttribute('theme', theme)
  const root = document.createElement('div')
  root.lang = locale
  root.dir = locale === 'ar' ? 'rtl' : 'ltr'
  const shadow = host.attachShadow({ mode: 'open' })
  adoptStyles(shadow, [...styles, ...checkout.styles])
  shadow.append(root)
  document.body.replaceChildren(host)
  const ui = {
    locale,
    text: createText(locale, { ...english, ...language.messages }),
    money: createMoneyFormat(locale),
    time: createTimeFormat(locale),
    dispatch: () => {},
    createKey: () => 'key',
    checkout,
    loadReceipt: () => import('../receipt/Receipt.tsx'),
  }
  render(<Card ui={ui} state={state} />, root)
  await expect.poll(() => root.querySelector('.bones, .done > .stub')).toBeNull()
  for (const animation of shadow.getAnimations())
    if (animation.effect?.getTiming().iterations !== Infinity) animation.finish()
  if (wantsPictures) {
    const path = `../../../../.screenshots/tickets/${locale}-${name}-${theme}.png`
    await page.screenshot({ path, element: document.body })
  }
  return root
}

const names = Object.keys(sampleStates)

test.each(Object.keys(languages))(
  'every state in %s fits a column of 320 pixels, light and dark',
  async locale => {
    for (const name of names) {
      const root = await show(locale, name, 'light')
      expect(document.documentElement.scrollWidth, name).toBe(320)
      for (const element of root.querySelectorAll('*')) {
        if (element.closest('.unseen, .dot, svg')) continue
        const { left, right, width } = element.getBoundingClientRect()
        if (width === 0) continue
        expect([left >= 15.5, right <= 304.5], `${name}: ${element.outerHTML.slice(0, 120)}`).toEqual([true, true])
      }
    }
    if (wantsPictures) for (const name of names) await show(locale, name, 'dark')
  },
  120_000,
)
