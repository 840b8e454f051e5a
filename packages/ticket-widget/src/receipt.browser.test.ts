import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { cdp, page } from 'vitest/browser'
import { fulfilledOrder, orderToken } from './testing/sampleEvent.ts'
import { button, openTicketsPage, type TicketsPage } from './testing/ticketsPage.ts'

let tickets: TicketsPage

beforeEach(async () => {
  tickets = await openTicketsPage()
  tickets.office.order = fulfilledOrder()
  history.replaceState(null, '', `${tickets.address}#venuekit-order=${orderToken()}`)
})

afterEach(() => {
  vi.restoreAllMocks()
  tickets.leave()
})

/** What the page would look like on paper. */
const emulate = (media: 'print' | '') => {
  const session = cdp() as unknown as { send(method: string, input: object): Promise<unknown> }
  return session.send('Emulation.setEmulatedMedia', { media })
}

const calendarLink = async (): Promise<HTMLAnchorElement> => {
  const link = page.getByRole('link', { name: 'Add to calendar' })
  await expect.element(link).toBeVisible()
  return link.element() as HTMLAnchorElement
}

test('the calendar file has the event and the order, and its address goes with the tickets', async () => {
  await tickets.mount()
  const { href, download } = await calendarLink()
  expect(download).toBe('event.ics')
  const answer = await fetch(href)
  expect(answer.headers.get('Content-Type')).toBe('text/calendar;charset=utf-8')
  const file = await answer.text()
  expect(file).toContain('DTSTART:20261129T020000Z\r\n')
  expect(file).toContain('SUMMARY:The Night Owls: November Residency\r\n')
  expect(file).toContain('DESCRIPTION:2 tickets · Order ')
  tickets.element.remove()
  await expect
    .poll(() =>
      fetch(href).then(
        () => 'there',
        () => 'gone',
      ),
    )
    .toBe('gone')
})

test('where the browser makes no addresses the file stands in the link', async () => {
  vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
    throw new DOMException('no', 'SecurityError')
  })
  await tickets.mount()
  const { href } = await calendarLink()
  expect(await (await fetch(href)).text()).toContain('BEGIN:VEVENT')
})

test('printing leaves the tickets alone on paper, with large codes, and the page as it was', async () => {
  const wall = document.createElement('main')
  wall.innerHTML = '<h1>The Lantern Room</h1><div style="block-size: 120px; overflow: hidden"></div><footer>Us</footer>'
  document.body.append(wall)
  await tickets.mount()
  wall.children[1]?.append(tickets.element)
  await tickets.reaches('done')
  const sheets = document.adoptedStyleSheets.length
  const seen: Record<string, unknown> = {}
  const print = vi.spyOn(window, 'print').mockImplementation(() => {})
  await button('Print tickets').click()
  expect(print).toHaveBeenCalledOnce()
  await emulate('print')
  const shown = (element: Element | null | undefined) => (element ? getComputedStyle(element).display : 'missing')
  const inside = (selector: string) => tickets.root().querySelector(selector)
  seen.page = [shown(wall.querySelector('h1')), shown(wall.querySelector('footer'))]
  seen.controls = ['.success', '.extras', '.actions'].map(selector => shown(inside(selector)))
  seen.cut = wall.children[1] && getComputedStyle(wall.children[1]).overflow
  const codes = [...tickets.root().querySelectorAll('.qr')].map(code => code.getBoundingClientRect())
  seen.column = (codes[1]?.top ?? 0) > (codes[0]?.bottom ?? 0)
  seen.heading = shown(inside('.heading'))
  await emulate('')
  expect(seen).toEqual({
    page: ['none', 'none'],
    controls: ['none', 'none', 'none'],
    cut: 'visible',
    column: true,
    heading: 'flex',
  })
  // 60 mm at 96 dots an inch.
  for (const code of codes) expect(code.width).toBeGreaterThan(220)
  dispatchEvent(new Event('afterprint'))
  expect(document.adoptedStyleSheets.length).toBe(sheets)
  expect(tickets.element.hasAttribute('data-venuekit-printing')).toBe(false)
})
