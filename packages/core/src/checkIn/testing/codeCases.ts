import { expect } from 'vitest'
import { fromBase45, toBase45 } from '../base45.ts'
import { createTicketVerifier } from '../createTicketVerifier.ts'
import { createTestSigner } from './testSigner.ts'

const claims = {
  eventId: '0b7f6c52-6f0a-4c53-9d0e-3f5a7b1c2d4e',
  ticketId: '33333333-3333-8333-8333-33333333333f',
  codeVersion: 258,
}

/** The order of Ed25519's group: a signature whose second half is that much more satisfies the same equation. */
const groupOrder = 2n ** 252n + 27_742_317_777_372_353_535_851_937_790_883_648_493n

/** The same signature in a second spelling, which a careless verifier takes. */
const respelled = (signature: Uint8Array): Uint8Array => {
  const changed = signature.slice()
  let sum = groupOrder
  for (let at = 32; at < 64; at += 1) {
    sum += BigInt(signature[at] ?? 0)
    changed[at] = Number(sum & 255n)
    sum >>= 8n
  }
  return changed
}

/** What a door may be shown; the same on every platform that has Web Crypto. */
export const codeCases: Record<string, () => Promise<void>> = {
  'a genuine code says its ticket, and is the same each time': async () => {
    const { key, sign } = await createTestSigner('00ab')
    const code = await sign(claims)
    expect(await sign(claims)).toBe(code)
    expect(code).toMatch(/^VK1:[0-9A-Z $%*+\-./:]{150}$/)
    expect(await createTicketVerifier([key])(code)).toEqual({ genuine: true, claims: { ...claims, keyId: '00ab' } })
  },
  'one flipped bit, wherever it is, makes a code worthless': async () => {
    const { key, sign } = await createTestSigner('00ab')
    const verify = createTicketVerifier([key])
    const bytes = fromBase45((await sign(claims)).slice(4)) ?? new Uint8Array()
    expect(bytes).toHaveLength(100)
    for (let bit = 0; bit < 800; bit += 1) {
      const changed = bytes.slice()
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const verdict = await verify(`VK1:${toBase45(changed)}`)
      expect(verdict).toEqual({ genuine: false, fault: bit < 16 ? 'unknown_key' : 'forged' })
    }
  },
  'a signature has one spelling: the other that fits the equation is forged': async () => {
    const { key, sign } = await createTestSigner('00ab')
    const verify = createTicketVerifier([key])
    const bytes = fromBase45((await sign(claims)).slice(4)) ?? new Uint8Array()
    const changed = new Uint8Array([...bytes.subarray(0, 36), ...respelled(bytes.subarray(36))])
    expect(await verify(`VK1:${toBase45(changed)}`)).toEqual({ genuine: false, fault: 'forged' })
  },
  'another key, an unknown one and a retired one are told apart': async () => {
    const [ours, theirs, retired] = [
      await createTestSigner('00ab'),
      await createTestSigner('00ab'),
      await createTestSigner('00cd', true),
    ]
    const verify = createTicketVerifier([ours.key, retired.key])
    const fault = async (code: string) => {
      const verdict = await verify(code)
      return verdict.genuine ? null : verdict.fault
    }
    expect(await fault(await theirs.sign(claims))).toBe('forged')
    expect(await fault(await (await createTestSigner('00ef')).sign(claims))).toBe('unknown_key')
    expect(await fault(await retired.sign(claims))).toBe('retired_key')
    // A forgery in the name of the retired key is one all the same.
    expect(await fault(await (await createTestSigner('00cd')).sign(claims))).toBe('forged')
    // Two keys that share an id are both looked at.
    expect(await createTicketVerifier([ours.key, theirs.key])(await theirs.sign(claims))).toMatchObject({
      genuine: true,
    })
  },
  'a code has one form: cut, longer, in lower case or of another version it is refused': async () => {
    const { key, sign } = await createTestSigner('00ab')
    const verify = createTicketVerifier([key])
    const code = await sign(claims)
    const faultOf = async (text: string) => {
      const verdict = await verify(text)
      return verdict.genuine ? null : verdict.fault
    }
    for (const damaged of [
      ...Array.from({ length: 150 }, (_, cut) => code.slice(0, 4 + cut)),
      code.toLowerCase(),
      `vk1:${code.slice(4)}`,
      `${code}0`,
      `${code}00`,
      `${code}000`,
      `${code} `,
      `${code}\n`,
      code.replace(/.$/, '_'),
      // 65,536 and more in three characters wraps around where a reader is careless.
      `${code.slice(0, 4)}:::${code.slice(7)}`,
      `${code.slice(0, 4)}${'0'.repeat(150)}`,
    ]) {
      expect(await faultOf(damaged)).toBe('damaged')
    }
    for (const version of ['VK2:', 'VK10:', 'VK12345678901:']) {
      expect(await faultOf(version + code.slice(4))).toBe('unsupported_version')
    }
    for (const other of [
      '',
      'https://venue.example/',
      ` ${code}`,
      'VK0:',
      'VK01:',
      'VK1',
      code.slice(4),
      '\u{1f3ab}',
    ]) {
      expect(await faultOf(other)).toBe('not_a_ticket')
    }
  },
}
