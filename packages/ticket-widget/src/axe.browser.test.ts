import { adoptStyles } from '@venuekit/core/element'
import { h, render } from 'preact'
import { beforeEach, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { checkAccess } from '../../../test/checkAccess.ts'
import { checkout } from './checkout/checkout.tsx'
import { english } from './messages.ts'
import { createMoneyFormat } from './money.ts'
import { styles } from './styles/index.ts'
import { sampleStates } from './testing/sampleStates.ts'
import { createText } from './text.ts'
import { createTimeFormat } from './time.ts'
import { Card } from './view/Card.tsx'
import type { Ui } from './view/Ui.ts'

const looks = {
  light: { theme: 'light', dir: 'ltr', locale: 'en-US' },
  dark: { theme: 'dark', dir: 'ltr', locale: 'en-US' },
  'right to left': { theme: 'light', dir: 'rtl', locale: 'ar-KW' },
} as const

type Look = (typeof looks)[keyof typeof looks]

const uiOf = (locale: string): Ui => ({
  locale,
  text: createText(locale, { ...english, ...checkout.messages }),
  money: createMoneyFormat(locale),
  time: createTimeFormat(locale),
  dispatch: () => {},
  createKey: () => 'key',
  checkout,
  loadReceipt: () => import('./receipt/Receipt.tsx'),
})

/** One card of that state on a page of its own, come to rest. */
const show = async (name: string, { theme, dir, locale }: Look): Promise<HTMLElement> => {
  const state = sampleStates[name]
  if (!state) throw new Error(`no state is called ${name}`)
  const host = document.createElement('div')
  host.setAttribute('theme', theme)
  const shadow = host.attachShadow({ mode: 'open' })
  adoptStyles(shadow, [...styles, ...checkout.styles])
  const root = document.createElement('div')
  root.dir = dir
  shadow.append(root)
  document.body.replaceChildren(host)
  render(h(Card, { ui: uiOf(locale), state }), root)
  await expect.poll(() => root.querySelector('.done > .stub')).toBeNull()
  for (const animation of shadow.getAnimations())
    if (animation.effect?.getTiming().iterations !== Number.POSITIVE_INFINITY) animation.finish()
  return host
}

beforeEach(async () => {
  document.documentElement.lang = 'en'
  document.title = 'A venue'
  await page.viewport(640, 900)
})

for (const [look, dress] of Object.entries(looks)) {
  test.each(Object.keys(sampleStates))(`axe finds nothing in ${look} at %s`, async name => {
    expect(await checkAccess(await show(name, dress))).toEqual([])
  })
}
