import { expect, test } from 'vitest'
import { createOrderTokens } from './orderToken.ts'

const first = { id: 'k1', secret: 'first secret of the order tokens, long enough' }
const second = { id: 'k2', secret: 'second secret of the order tokens, long enough' }
const claims = {
  eventId: '11111111-1111-4111-8111-111111111111',
  orderId: '22222222-2222-4222-8222-222222222222',
  version: 1,
}

test('the same claims give the same token, which says them again', async () => {
  const tokens = createOrderTokens([first])
  const token = await tokens.sign(claims)
  expect(token).toMatch(/^vko_k1\./)
  expect(await tokens.sign(claims)).toBe(token)
  expect(await tokens.verify(token)).toEqual(claims)
})

test('a token of an older key is good while the key stays, and worthless after', async () => {
  const token = await createOrderTokens([first]).sign(claims)
  expect(await createOrderTokens([second, first]).verify(token)).toEqual(claims)
  expect(await createOrderTokens([second]).verify(token)).toBeNull()
})

test('a token does not pass for another key under the same secret', async () => {
  const token = await createOrderTokens([first]).sign(claims)
  const both = createOrderTokens([first, { ...first, id: 'k9' }])
  expect(await both.verify(token.replace('vko_k1', 'vko_k9'))).toBeNull()
})

test('any changed character makes a token worthless', async () => {
  const tokens = createOrderTokens([first])
  const token = await tokens.sign(claims)
  for (let index = 0; index < token.length; index += 1) {
    const changed = `${token.slice(0, index)}${token[index] === 'A' ? 'B' : 'A'}${token.slice(index + 1)}`
    expect(await tokens.verify(changed), `character ${index}`).toBeNull()
  }
  for (const other of ['', 'vko_', token.slice(0, -1), `${token}A`, `${token}=`, token.toUpperCase()]) {
    expect(await tokens.verify(other)).toBeNull()
  }
})
