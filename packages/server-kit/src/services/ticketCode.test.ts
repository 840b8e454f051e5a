import { createTicketVerifier } from '@venuekit/core/check-in'
import { expect, test } from 'vitest'
import { createTicketCodes } from './ticketCode.ts'
import { makeTicketKey, privateKeyText, publicKeyText } from './ticketKey.ts'

const ticket = {
  eventId: '11111111-1111-4111-8111-111111111111',
  id: '33333333-3333-8333-8333-333333333333',
  codeVersion: 1,
}

const codesBy = (ticketKeys: string[], retiredTicketKeys: string[] = []) =>
  createTicketCodes({ ticketKeys, retiredTicketKeys })

test('a code is stable, and another with version, ticket, event and key', async () => {
  const first = await makeTicketKey()
  const codes = codesBy([first.privateKey])
  const code = await codes.sign(ticket)
  expect(await codesBy([first.privateKey]).sign(ticket)).toBe(code)
  const others = [
    await codes.sign({ ...ticket, codeVersion: 2 }),
    await codes.sign({ ...ticket, id: ticket.id.replace(/3$/, '4') }),
    await codes.sign({ ...ticket, eventId: ticket.id }),
    await codesBy([(await makeTicketKey()).privateKey]).sign(ticket),
  ]
  expect(new Set([code, ...others]).size).toBe(5)
})

test('who has the public keys alone tells the codes, and no public key signs', async () => {
  const codes = codesBy([(await makeTicketKey()).privateKey])
  const verify = createTicketVerifier(JSON.parse(JSON.stringify(await codes.publicKeys())))
  const { eventId, id: ticketId, codeVersion } = ticket
  expect(await verify(await codes.sign(ticket))).toMatchObject({
    genuine: true,
    claims: { eventId, ticketId, codeVersion },
  })
  for (const key of await codes.publicKeys())
    expect(Object.keys(key).sort()).toEqual(['crv', 'kid', 'kty', 'retired', 'x'])
})

test('codes of an older key are good while it stays, and refused by name once it is retired', async () => {
  const [old, fresh] = [await makeTicketKey(), await makeTicketKey()]
  const code = await codesBy([old.privateKey]).sign(ticket)
  const both = codesBy([fresh.privateKey, old.privateKey])
  expect(await both.verify(code)).toMatchObject({ genuine: true, claims: { keyId: old.id } })
  expect(await both.verify(await both.sign(ticket))).toMatchObject({ genuine: true, claims: { keyId: fresh.id } })
  const retiring = codesBy([fresh.privateKey], [old.publicKey])
  expect(await retiring.verify(code)).toEqual({ genuine: false, fault: 'retired_key' })
  expect(await codesBy([fresh.privateKey]).verify(code)).toEqual({ genuine: false, fault: 'unknown_key' })
  expect((await retiring.publicKeys()).map(({ kid, retired }) => [kid, retired])).toEqual([
    [fresh.id, false],
    [old.id, true],
  ])
})

test('a key that is retired does not verify by staying on the other list, and does not sign', async () => {
  const [old, fresh] = [await makeTicketKey(), await makeTicketKey()]
  const code = await codesBy([old.privateKey]).sign(ticket)
  const both = codesBy([fresh.privateKey, old.privateKey], [old.publicKey])
  expect(await both.verify(code)).toEqual({ genuine: false, fault: 'retired_key' })
  await expect(codesBy([old.privateKey], [old.publicKey]).sign(ticket)).rejects.toMatchObject({
    name: 'ConfigurationError',
    faults: [expect.stringMatching(/secrets\.ticketKeys: .*secrets\.retiredTicketKeys/)],
  })
})

test('made keys are what the settings take, each another', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, makeTicketKey))
  for (const { id, privateKey, publicKey } of made) {
    expect(privateKey).toMatch(privateKeyText)
    expect(publicKey).toMatch(publicKeyText)
    expect(id).toMatch(/^[0-9a-f]{4}$/)
  }
  expect(new Set(made.map(({ privateKey }) => privateKey)).size).toBe(20)
})

test('the id and the public half of a key are those of the standard', async () => {
  // RFC 8032, test 1, and RFC 8037, appendix A.3.
  const [seed, x] = ['nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A', '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo']
  const [key] = await codesBy([`vk_ticket_sec_${seed}`]).publicKeys()
  expect(key).toMatchObject({ x, kid: '90fa' })
})
