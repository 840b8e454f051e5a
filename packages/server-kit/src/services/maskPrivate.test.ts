import { expect, test } from 'vitest'
import { maskPrivate } from './maskPrivate.ts'

test('what leaves the house shows no address and no secret, wherever it stands', () => {
  const masked = maskPrivate({
    error: 'Error: 550 <ada.buyer+x@mail.example.co.uk>: no such user, ask postmaster@mail.example.co.uk.',
    list: ['Bearer abc.def-ghi', { key: 'sk_live_51Habc and whsec_c2Vj+ret/Q==' }],
    url: 'postgres://app:hunter2@db.example:5432/x, https://hooks.slack.com/services/T0/B0/xyz',
    own: 'vk_sec_abcdefghijklmnop',
    kept: 'order 6f1c3b2a-1111-4111-8111-111111111111 at 20:00, tier "A@B"',
    amount: 4,
    nothing: null,
  })
  expect(JSON.stringify(masked)).not.toMatch(/ada|postmaster|abc\.def|51Habc|c2Vj|hunter2|xyz|abcdefghijk/)
  expect(masked).toMatchObject({
    kept: 'order 6f1c3b2a-1111-4111-8111-111111111111 at 20:00, tier "A@B"',
    amount: 4,
    nothing: null,
  })
})
