import { expect, test } from 'vitest'
import { EventParser } from './EventParser.ts'

const parse = (pieces: readonly string[]) => {
  const told: unknown[] = []
  const parser = new EventParser({
    event: (type, data) => void told.push([type, data]),
    id: id => void told.push({ id }),
    retry: ms => void told.push(ms),
  })
  for (const piece of pieces) parser.push(piece)
  return told
}

const sample = [
  ': a comment',
  'retry: 1500',
  'id: 7-1',
  'event: post',
  'data: {"a":',
  'data:  1}',
  '',
  ':',
  'id: 8-0',
  '',
  'data',
  'data:',
  '',
  'event: nothing',
  '',
  'unknown: field',
  'data: plain: with a colon',
  'retry: soon',
  'id: with\0nul',
  '',
  '',
].join('\n')

const expected = [
  1500,
  ['post', '{"a":\n 1}'],
  { id: '7-1' },
  { id: '8-0' },
  ['message', '\n'],
  ['message', 'plain: with a colon'],
]

test.each([
  ['LF', '\n'],
  ['CR', '\r'],
  ['CRLF', '\r\n'],
])('reads fields, comments, several lines of data and ids alone, with lines that end with %s', (_name, end) => {
  expect(parse([sample.replaceAll('\n', end)])).toEqual(expected)
})

test.each(['\n', '\r', '\r\n'])('reads the same in pieces of any length, lines ending with %j', end => {
  const text = sample.replaceAll('\n', end)
  for (let length = 1; length <= text.length; length++) {
    const pieces = Array.from({ length: Math.ceil(text.length / length) }, (_, n) =>
      text.slice(n * length, (n + 1) * length),
    )
    expect(parse(pieces.flatMap(piece => [piece, '']))).toEqual(expected)
  }
})

test('what was not ended by an empty line is no event', () => {
  expect(parse(['data: half'])).toEqual([])
  expect(parse(['data: half\n'])).toEqual([])
  expect(parse(['id: 1\ndata: whole\n', '\ndata: half'])).toEqual([['message', 'whole'], { id: '1' }])
})
