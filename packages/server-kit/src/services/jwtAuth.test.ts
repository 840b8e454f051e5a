import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jwtAuth } from './jwtAuth.ts'

const secret = 'a shared secret of at least thirty-two bytes'
const bytes = new TextEncoder().encode(secret)
const request = (token: string) =>
  new Request('https://api.example/', { headers: { authorization: `Bearer ${token}` } })

const sign = (claims: JWTPayload, expires: string | null = '5m') => {
  const jwt = new SignJWT(claims).setProtectedHeader({ alg: 'HS256' })
  if (expires !== null) jwt.setExpirationTime(expires)
  return jwt.sign(bytes)
}

test('reads the viewer from a signed token of the shared secret', async () => {
  const auth = jwtAuth({ secret })
  const token = await sign({ sub: 'u1', name: 'Ada', picture: 'https://a.example/p.png', roles: ['moderator', 'x'] })
  expect(await auth(request(token))).toEqual({
    id: 'u1',
    name: 'Ada',
    avatarUrl: 'https://a.example/p.png',
    roles: ['moderator'],
  })
})

test('takes a name from the user’s own metadata but never a role', async () => {
  const auth = jwtAuth({ secret })
  const claims = { sub: 'u1', user_metadata: { name: 'Ada', roles: ['host'] }, app_metadata: { roles: ['moderator'] } }
  expect(await auth(request(await sign(claims)))).toMatchObject({ name: 'Ada', roles: ['moderator'] })
})

test('nobody is signed in by a token that is expired, foreign, unsigned, endless or nameless', async () => {
  const auth = jwtAuth({ secret, issuer: 'https://issuer.example' })
  const claims = { sub: 'u1', iss: 'https://issuer.example' }
  const good = await sign(claims)
  const unsigned = `${btoa('{"alg":"none"}')}.${good.split('.')[1]}.`
  const refused = [
    await sign(claims, '-5m'),
    await sign({ ...claims, iss: 'https://other.example' }),
    await sign(claims, null),
    await sign({ iss: 'https://issuer.example' }),
    await sign({ ...claims, sub: 7 as never }),
    await sign({ ...claims, sub: 'a\u0000b' }),
    `${good.slice(0, -2)}AA`,
    unsigned.replaceAll('=', ''),
  ]
  expect(await auth(request(good))).not.toBeNull()
  for (const token of refused) expect(await auth(request(token)), token).toBeNull()
  expect(await auth(new Request('https://api.example/'))).toBeNull()
})

test('a token a few seconds past its end is forgiven', async () => {
  expect(await jwtAuth({ secret })(request(await sign({ sub: 'u1' }, '-10s')))).not.toBeNull()
})

test('refuses a short secret at the start', () => {
  expect(() => jwtAuth({ secret: 'short' })).toThrow('32 bytes')
})

const { publicKey, privateKey } = await generateKeyPair('ES256')
const next = await generateKeyPair('ES256')
const server = createServer(async (incoming, answer) => {
  if (incoming.url === '/broken') {
    answer.end('{"message":"no keys today"}')
    return
  }
  if (incoming.url === '/two') {
    const both = await Promise.all([next, { publicKey }].map(pair => exportJWK(pair.publicKey)))
    answer.end(JSON.stringify({ keys: both.map((key, index) => ({ ...key, kid: `${index}`, alg: 'ES256' })) }))
    return
  }
  if (incoming.url !== '/jwks') {
    answer.statusCode = 503
    answer.end()
    return
  }
  answer.end(JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] }))
})
beforeAll(() => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => new Promise<void>(resolve => void server.close(() => resolve())))
const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

test('verifies by the issuer’s published keys', async () => {
  const auth = jwtAuth({ jwksUrl: `${address()}/jwks` })
  const header = { alg: 'ES256', kid: 'one' }
  const token = await new SignJWT({ sub: 'u2' }).setProtectedHeader(header).setExpirationTime('5m').sign(privateKey)
  expect(await auth(request(token))).toMatchObject({ id: 'u2', name: 'Guest' })
  expect(await auth(request(await sign({ sub: 'u2' })))).toBeNull()
})

test('a token that names no key is verified by whichever of the published fits', async () => {
  const auth = jwtAuth({ jwksUrl: `${address()}/two` })
  const signBy = async (key: CryptoKey) =>
    new SignJWT({ sub: 'u2' }).setProtectedHeader({ alg: 'ES256' }).setExpirationTime('5m').sign(key)
  expect(await auth(request(await signBy(privateKey)))).toMatchObject({ id: 'u2' })
  expect(await auth(request(await signBy(next.privateKey)))).toMatchObject({ id: 'u2' })
  const foreign = await generateKeyPair('ES256')
  expect(await auth(request(await signBy(foreign.privateKey)))).toBeNull()
})

test.each(['gone', 'broken'])('keys that cannot be read are a failure, not a signed-out viewer: %s', async path => {
  const auth = jwtAuth({ jwksUrl: `${address()}/${path}` })
  const header = { alg: 'ES256', kid: 'one' }
  const token = await new SignJWT({ sub: 'u2' }).setProtectedHeader(header).setExpirationTime('5m').sign(privateKey)
  await expect(auth(request(token))).rejects.toThrow()
})
