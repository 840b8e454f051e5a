import { expect, test } from 'vitest'
import { checkBuyer } from './checkBuyer.ts'

const errorsOf = (name: string, email: string) => checkBuyer({ name, email })

test('a name and an address are enough, spaces around them do not matter', () => {
  expect(errorsOf(' Ada ', ' ada@example.co.uk ')).toEqual({})
  expect(errorsOf('Zoë 山田', "o'brien+tickets@sub.example.museum")).toEqual({})
})

test('each mistake is told apart', () => {
  expect(errorsOf(' ', '')).toEqual({ name: 'nameMissing', email: 'emailMissing' })
  expect(errorsOf('a'.repeat(121), `${'a'.repeat(250)}@example.com`)).toEqual({
    name: 'nameTooLong',
    email: 'emailInvalid',
  })
  for (const email of ['ada', 'ada@', 'ada@example', '@example.com', 'a b@example.com', 'ada@example.', 'ada@ex..com'])
    expect(errorsOf('Ada', email), email).toEqual({ email: 'emailInvalid' })
})
