import { expect, test } from 'vitest'
import { createRedactor, maskEmails, secretsOf } from './redact.ts'

test('an address keeps its first letter and its host, wherever it stands', () => {
  expect(maskEmails('mail to <ada.lovelace+x@mail.example.com>, zoë@café.example')).toBe(
    'mail to <a***@mail.example.com>, z***@café.example',
  )
  expect(maskEmails('no@address, 3 @ 4')).toBe('no@address, 3 @ 4')
})

test('secrets go by their value and by their shape, addresses only where they are masked', () => {
  const redactor = createRedactor(['correct-horse-battery'])
  const text = 'correct-horse-battery sk_live_abc123 whsec_x9 postgres://u:pw@host/db of ada@example.com'
  expect(redactor.text(text, 'keep')).toBe('*** sk_live_*** whsec_*** postgres://***@host/db of ada@example.com')
  expect(redactor.value({ a: [text, 1, null] }, 'mask')).toEqual({
    a: ['*** sk_live_*** whsec_*** postgres://***@host/db of a***@example.com', 1, null],
  })
})

test('a password within an address is a secret whatever the variable is called, and whatever signs it has', () => {
  const secrets = secretsOf({
    POSTGRES_URL: 'postgres://u:p@ss/wo:rd%21@localhost/x',
    SITE_URL: 'https://venue.example/',
  })
  const redactor = createRedactor(secrets)
  expect(redactor.text('no way to postgres://u:p@ss/wo:rd%21@localhost/x', 'mask')).toBe('no way to ***')
  expect(redactor.text('refused: p@ss/wo:rd! of https://venue.example/', 'mask')).toBe(
    'refused: *** of https://venue.example/',
  )
})

test('a package with its version is no address', () => {
  expect(maskEmails('at .pnpm/commander@15.1.0/lib')).toBe('at .pnpm/commander@15.1.0/lib')
})

test('the environment’s secrets are known by their names, and words are no secrets', () => {
  const secrets = secretsOf({
    STRIPE_SECRET_KEY: 'rk_test_1',
    NODE_ENV: 'production',
    VENUE_KEY: 'vk_pub_abc',
    HOME: '/root',
  })
  expect(secrets).toEqual(['rk_test_1'])
  const redactor = createRedactor(['short'])
  expect(redactor.text('a short word', 'mask')).toBe('a short word')
})

test('of a secret that holds another, nothing is left', () => {
  const redactor = createRedactor(['canary-key', 'canary-key-of-the-cellar'])
  expect(redactor.text('canary-key-of-the-cellar and canary-key', 'mask')).toBe('*** and ***')
  redactor.add(['canary-key-of-the-cellar-door'])
  expect(redactor.text('canary-key-of-the-cellar-door', 'mask')).toBe('***')
})
