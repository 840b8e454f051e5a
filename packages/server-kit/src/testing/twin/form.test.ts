import { expect, test } from 'vitest'
import { parseForm } from './form.ts'

const plain = (text: string) => JSON.parse(JSON.stringify(parseForm(text)))

test('brackets nest, indexes keep their place and empty brackets count up', () => {
  expect(plain('a=1&b[c]=2&b[d][0][e]=3&b[d][1][e]=4&f[]=5&f[]=6')).toEqual({
    a: '1',
    b: { c: '2', d: { 0: { e: '3' }, 1: { e: '4' } } },
    f: { 0: '5', 1: '6' },
  })
})

test('encoded brackets, spaces and letters beyond ASCII are read', () => {
  expect(plain('a%5Bb%5D=Stra%C3%9Fe+1')).toEqual({ a: { b: 'Straße 1' } })
})

test('brackets that do not close are part of a plain name', () => {
  expect(plain('a[b=1&[x]=2')).toEqual({ 'a[b': '1', '[x]': '2' })
})

test('no name reaches the prototype of anything', () => {
  parseForm('__proto__[polluted]=yes&a[__proto__][polluted]=yes&a[constructor][prototype][polluted]=yes')
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
})
