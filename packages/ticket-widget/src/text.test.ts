import { expect, test } from 'vitest'
import { english } from './messages.ts'
import { createText } from './text.ts'

test('plural forms follow the language, numbers are written its way', () => {
  const text = createText('en', english)
  expect(text('ticketCount', { count: 1 })).toBe('1 ticket')
  expect(text('ticketCount', { count: 1200 })).toBe('1,200 tickets')
  const arabic = createText('ar-EG', { ticketCount: { few: '{count} تذاكر', other: '{count} تذكرة' } })
  expect(arabic('ticketCount', { count: 3 })).toBe('٣ تذاكر')
})

test('a page may reword anything; what it leaves out stays English', () => {
  const text = createText('en', { ...english, soldOut: 'Gone!' })
  expect([text('soldOut'), text('total')]).toEqual(['Gone!', 'Total'])
})

test('values are put in as they are, and a place without one shows itself', () => {
  const text = createText('en', english)
  expect(text('addOne', { tier: '$& <b>' })).toBe('Add one $& <b>')
  expect(text('addOne')).toBe('Add one {tier}')
})
