import { expect, test } from 'vitest'
import { sqlCall } from './sqlCall.ts'

test('arguments go by name, objects and arrays as JSON, what is missing as null', () => {
  expect(sqlCall('feed.x', { a: 1, b: [{ c: 2 }], d: { e: true }, f: null, g: undefined, h: false })).toEqual({
    text: 'select feed.x(a => $1, b => $2, d => $3, f => $4, g => $5, h => $6) as result',
    values: [1, '[{"c":2}]', '{"e":true}', null, null, false],
  })
})

test('a name that is no name never reaches SQL', () => {
  expect(() => sqlCall('feed.x(); drop table feed.posts; --', {})).toThrow('not the name')
  expect(() => sqlCall('feed.x', { 'a => 1) --': 1 })).toThrow('not the name')
})
