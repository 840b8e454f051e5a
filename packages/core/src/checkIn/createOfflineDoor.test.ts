import { expect, test } from 'vitest'
import { createOfflineDoor, type OfflineDoorOptions } from './createOfflineDoor.ts'
import { createTestSigner } from './testing/testSigner.ts'

const eventId = '0b7f6c52-6f0a-4c53-9d0e-3f5a7b1c2d4e'
const ticketId = '33333333-3333-8333-8333-33333333333f'
const at = '2030-06-01T19:00:00.000Z'

const openDoor = async (change: Partial<OfflineDoorOptions> = {}) => {
  const { key, sign } = await createTestSigner('00ab')
  const door = createOfflineDoor({ eventId, keys: [key], now: () => Date.parse(at), ...change })
  return { key, door, sign, code: await sign({ eventId, ticketId, codeVersion: 1 }) }
}

test('a ticket comes in once, and the second scan says when the first was', async () => {
  const { door, code } = await openDoor()
  const first = await door.scan(code)
  expect(first).toMatchObject({ outcome: 'admitted', claims: { ticketId }, scan: { code, ticketId, at } })
  expect(await door.scan(code)).toMatchObject({ outcome: 'already_checked_in', scan: first.scan })
  expect(door.scans).toEqual([first.scan])
})

test('two scans at the same moment admit once', async () => {
  const { door, code } = await openDoor()
  const answers = await Promise.all(Array.from({ length: 20 }, () => door.scan(code)))
  expect(answers.filter(({ outcome }) => outcome === 'admitted')).toHaveLength(1)
  expect(door.scans).toHaveLength(1)
})

test('a device that starts again knows whom it let in', async () => {
  const { key, door, code } = await openDoor()
  await door.scan(code)
  const again = createOfflineDoor({ eventId, keys: [key], scans: JSON.parse(JSON.stringify(door.scans)) })
  expect(await again.scan(code)).toMatchObject({ outcome: 'already_checked_in', scan: door.scans[0] })
})

test.each([
  ['void', { status: 'void', codeVersion: 1 }],
  ['blocked', { status: 'blocked', codeVersion: 1 }],
  ['superseded', { status: 'valid', codeVersion: 2 }],
  ['superseded', { status: 'void', codeVersion: 2 }],
  ['admitted', { status: 'valid', codeVersion: 1 }],
] as const)('%s is what a ticket with %j on the list is', async (outcome, listed) => {
  const { door, code } = await openDoor({ revocations: [{ ticketId, ...listed }] })
  expect((await door.scan(code)).outcome).toBe(outcome)
  expect(door.scans).toHaveLength(outcome === 'admitted' ? 1 : 0)
})

test('another show’s ticket is told from a forged one, and neither comes in', async () => {
  const { door, sign, code } = await openDoor({ eventId: 'FFFFFFFF-0000-4000-8000-000000000000' })
  expect(await door.scan(code)).toMatchObject({ outcome: 'wrong_event', claims: { eventId } })
  expect(await door.scan(`${code.slice(0, -1)}0`)).toMatchObject({ outcome: 'invalid_code', claims: null })
  expect(await door.scan('hello')).toMatchObject({ outcome: 'invalid_code', fault: 'not_a_ticket' })
  expect(door.scans).toEqual([])
  const own = await sign({ eventId: 'ffffffff-0000-4000-8000-000000000000', ticketId, codeVersion: 1 })
  expect((await door.scan(own)).outcome).toBe('admitted')
})
