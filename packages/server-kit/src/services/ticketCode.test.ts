import { expect, test } from 'vitest'
import { createTicketCodes } from './ticketCode.ts'

const id = '33333333-3333-8333-8333-333333333333'

test('a code is stable, fits a small QR code and changes with version, ticket and secret', async () => {
  const codes = createTicketCodes('a secret for the ticket codes, long enough')
  const code = await codes.sign({ id, codeVersion: 1 })
  expect(code).toMatch(/^VK1\.[A-Za-z0-9_-]{24}\.[A-Za-z0-9_-]{22}$/)
  expect(await codes.sign({ id, codeVersion: 1 })).toBe(code)
  const others = [
    await codes.sign({ id, codeVersion: 2 }),
    await codes.sign({ id: id.replace(/3$/, '4'), codeVersion: 1 }),
    await createTicketCodes('another secret for the ticket codes, as long').sign({ id, codeVersion: 1 }),
  ]
  expect(new Set([code, ...others]).size).toBe(4)
})
