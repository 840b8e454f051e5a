import { expect, test } from 'vitest'
import { ageText, everyText } from '../format/ageText.ts'
import { zoneText } from '../format/clockText.ts'
import { shareText } from '../format/countText.ts'
import { moneyListText, moneyText, shortMoneyText } from '../format/moneyText.ts'
import { sampleSales } from '../testing/sampleOperations.ts'
import { niceTicks } from './niceTicks.ts'
import { plotFrame, slotAt, slotStart } from './plotFrame.ts'
import { timeTicks } from './timeTicks.ts'
import { toSeries } from './toSeries.ts'

test('an axis counts in round whole numbers up to what it shows', () => {
  expect(niceTicks(0, 2)).toEqual([0, 1])
  expect(niceTicks(1, 2)).toEqual([0, 1])
  expect(niceTicks(7, 2)).toEqual([0, 5, 10])
  expect(niceTicks(388, 2)).toEqual([0, 200, 400])
  for (const highest of [3, 19, 101, 99_999, 12_345_678]) {
    const ticks = niceTicks(highest, 2)
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(highest)
    expect(ticks.every(Number.isInteger)).toBe(true)
    expect(ticks.length).toBeLessThanOrEqual(4)
  }
})

test('every point of a plot belongs to a bucket, the edges too', () => {
  const frame = plotFrame(800, 72)
  for (const index of [0, 35, 71]) expect(slotAt(frame, slotStart(frame, index) + 1, 72)).toBe(index)
  expect([slotAt(frame, -50, 72), slotAt(frame, 5000, 72)]).toEqual([0, 71])
})

test('ticks keep their distance, and days go before hours', () => {
  const { buckets } = sampleSales('hour')
  const ticks = timeTicks(buckets, { step: 'hour', timeZone: 'Europe/Berlin', leastSlots: 10 })
  expect(ticks.filter(({ strong }) => strong).length).toBeGreaterThanOrEqual(2)
  for (const [place, tick] of ticks.entries())
    if (place > 0) expect(tick.index - (ticks[place - 1]?.index ?? 0)).toBeGreaterThanOrEqual(10)
})

test('each currency has its own row, exact in its own decimals', () => {
  const rows = toSeries(sampleSales('hour'))
  expect(rows.map(({ id }) => id)).toEqual(['issued', 'reserved', 'money-EUR', 'money-JPY'])
  expect(rows[3]?.text(4000)).toBe('¥4,000')
  expect(moneyText({ amountMinor: 12_505, currency: 'KWD' }).replace(/\s/g, ' ')).toBe('KWD 12.505')
  expect(moneyText({ amountMinor: 9_007_199_254_740_991, currency: 'USD' })).toBe('$90,071,992,547,409.91')
  expect(moneyListText([])).toBe('–')
})

test.each([
  [450_000, 'HUF', 'Ft 4,500.00'],
  [450_000, 'ISK', 'kr 4,500.00'],
  [450_000, 'IDR', 'Rp 4,500.00'],
  [450_000, 'UGX', 'UGX 4,500.00'],
  [4500, 'JPY', '¥4,500'],
  [4_500_000, 'KWD', 'KWD 4,500.000'],
])(
  '%i minor units of %s, as the payment gateway counts them, are %s, and 4.5K on an axis',
  (amountMinor, currency, text) => {
    expect(moneyText({ amountMinor, currency }).replace(/\s/g, ' ')).toBe(text)
    expect(shortMoneyText({ amountMinor, currency })).toMatch(/\D4\.5K$/)
  },
)

test('ages and shares say no more than is known', () => {
  expect([ageText(-5), ageText(59_999), ageText(60_000), ageText(7_200_000), ageText(90 * 3_600_000)]).toEqual([
    '0 s',
    '59 s',
    '1 min',
    '2 h',
    '3 d',
  ])
  expect([everyText(60), everyText(300), everyText(3600), everyText(45)]).toEqual([
    'every min',
    'every 5 min',
    'hourly',
    'every 45 s',
  ])
  expect([shareText(1, 1000), shareText(999, 1000), shareText(0, 0), shareText(24, 24)]).toEqual([
    '<1%',
    '99%',
    '–',
    '100%',
  ])
})

test('the zone is named with what it differs from UTC by', () => {
  expect(zoneText('America/Chicago', Date.parse('2026-01-01T00:00:00Z'))).toBe('America/Chicago (GMT-6)')
  expect(zoneText('Asia/Kathmandu', 0)).toMatch(/^Asia\/Kathmandu \(GMT\+5:30\)$/)
})
