import { adoptStyles } from '@venuekit/core/element'
import { render } from 'preact'
import { expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { customProperties } from '../api.ts'
import { checkout } from '../checkout/checkout.tsx'
import { english } from '../messages.ts'
import { createMoneyFormat } from '../money.ts'
import { parts } from '../parts.ts'
import { styles } from '../styles/index.ts'
import { sampleStates } from '../testing/sampleStates.ts'
import { createText } from '../text.ts'
import { createTimeFormat } from '../time.ts'
import { Card } from './Card.tsx'
import type { Ui } from './Ui.ts'

const uiOf = (locale: string): Ui => ({
  locale,
  text: createText(locale, { ...english, ...checkout.messages }),
  money: createMoneyFormat(locale),
  time: createTimeFormat(locale),
  dispatch: () => {},
  createKey: () => 'key',
  checkout,
  loadReceipt: () => import('../receipt/Receipt.tsx'),
})

/** `VITE_PICTURES=1` draws every state into `.screenshots/tickets`, for people to look at. */
const wantsPictures = (import.meta as { env?: Record<string, string> }).env?.VITE_PICTURES === '1'

/** One card of that state on a page of its own. */
const show = async (name: string, look: { theme: 'light' | 'dark'; width: number; direction?: 'ltr' | 'rtl' }) => {
  const state = sampleStates[name]
  if (!state) throw new Error(`no state is called ${name}`)
  await page.viewport(look.width, 900)
  document.documentElement.style.cssText = `background: ${look.theme === 'dark' ? '#0c0d10' : '#eceef2'}`
  document.body.style.cssText = 'margin: 0; padding: 16px; font-family: "Open Sans", system-ui, sans-serif'
  const host = document.createElement('div')
  host.setAttribute('theme', look.theme)
  host.style.cssText = 'max-width: 560px; margin: auto'
  const root = document.createElement('div')
  root.dir = look.direction ?? 'ltr'
  const shadow = host.attachShadow({ mode: 'open' })
  adoptStyles(shadow, [...styles, ...checkout.styles])
  shadow.append(root)
  document.body.replaceChildren(host)
  render(<Card ui={uiOf(look.direction === 'rtl' ? 'ar-KW' : 'en-US')} state={state} />, root)
  await expect.poll(() => root.querySelector('.bones, .done > .stub')).toBeNull()
  for (const animation of shadow.getAnimations())
    if (animation.effect?.getTiming().iterations !== Infinity) animation.finish()
  const file = `${name}-${look.theme}-${look.width}${look.direction === 'rtl' ? '-rtl' : ''}`
  if (wantsPictures)
    await page.screenshot({ path: `../../../../.screenshots/tickets/${file}.png`, element: document.body })
  return root
}

const names = Object.keys(sampleStates)

test.each(names)('%s fits a column of 320 pixels', async name => {
  const root = await show(name, { theme: 'light', width: 320 })
  expect(document.documentElement.scrollWidth).toBe(320)
  for (const element of root.querySelectorAll('*')) {
    if (element.closest('.unseen, svg')) continue
    expect(element.getBoundingClientRect().right, element.outerHTML.slice(0, 120)).toBeLessThanOrEqual(304.5)
  }
})

test.each(names)('%s has targets of 44 pixels, and names for all of them', async name => {
  const root = await show(name, { theme: 'light', width: 592 })
  for (const button of root.querySelectorAll('button')) {
    expect(button.offsetHeight).toBeGreaterThanOrEqual(44)
    expect(button.ariaLabel ?? button.textContent).not.toBe('')
  }
  for (const input of root.querySelectorAll('input'))
    expect(input.ariaLabel ?? input.labels?.[0]?.textContent).toBeTruthy()
})

test('the dark and the right-to-left look are drawn', async () => {
  for (const name of ['start', 'mixed', 'mistakes', 'gateway', 'held', 'done', 'soldOut'])
    await show(name, { theme: 'dark', width: 592 })
  for (const width of [592, 320]) await show('rightToLeft', { theme: 'light', width, direction: 'rtl' })
  const root = await show('done', { theme: 'light', width: 592, direction: 'rtl' })
  expect(getComputedStyle(root).direction).toBe('rtl')
})

test('the lists of parts and custom properties are what is there', async () => {
  const seen = new Set<string>()
  for (const name of names) {
    const root = await show(name, { theme: 'light', width: 592 })
    for (const element of root.querySelectorAll('[part]')) for (const part of element.part) seen.add(part)
  }
  expect([...seen].sort()).toEqual([...parts].sort())
  const read = [...styles, ...checkout.styles].join('').match(/--vk-[a-z-]+/g) ?? []
  expect([...new Set(read)].sort()).toEqual([...customProperties].sort())
}, 60_000)
