/// <reference types="node" />
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { expect, test } from 'vitest'

const source = import.meta.dirname

/** What a file imports at run time, type imports left out. */
const importsOf = async (file: string): Promise<string[]> => {
  const text = await readFile(file, 'utf8')
  const clauses = text.matchAll(/^(?:import|export)\s+(?!type\b)([^;]*?)\s*from\s+'([^']+)'|^import\s+'([^']+)'/gms)
  return [...clauses].flatMap(([, names, from, bare]) => {
    const onlyTypes = /^\{(\s*type\s[^,}]+,?)+\s*\}$/.test(names ?? '')
    return onlyTypes ? [] : [from ?? bare ?? '']
  })
}

/** Every module that loading the file loads: files of ours, and packages by name. */
const graphOf = async (entry: string, found = new Set<string>()): Promise<Set<string>> => {
  if (found.has(entry)) return found
  found.add(entry)
  for (const name of await importsOf(entry)) {
    if (name.startsWith('.')) await graphOf(resolve(dirname(entry), name), found)
    else found.add(name)
  }
  return found
}

const packagesOf = async (file: string): Promise<string[]> =>
  [...(await graphOf(resolve(source, file)))].filter(name => !name.startsWith('/'))

test('the client brings no schema and no package at all', async () => {
  expect(await packagesOf('client/createClient.ts')).toEqual([])
})

test('a session brings no package at all: what a widget reads a feed with', async () => {
  expect(await packagesOf('createSession.ts')).toEqual([])
})

test('the root entry brings query-core and nothing else', async () => {
  expect(await packagesOf('index.ts')).toEqual(['@tanstack/query-core'])
})

test('elements and their loader bring nothing', async () => {
  expect(await packagesOf('element/index.ts')).toEqual([])
  expect(await packagesOf('loader/index.ts')).toEqual([])
})

test('a door that verifies tickets brings nothing', async () => {
  expect(await packagesOf('checkIn/index.ts')).toEqual([])
})

test('the walk sees a schema where there is one', async () => {
  expect(await packagesOf('contracts/index.ts')).toContain('zod/mini')
})

test('admin routes never reach a browser', async () => {
  const files = [...(await graphOf(resolve(source, 'index.ts')))]
  expect(files.filter(name => /admin/i.test(name))).toEqual([])
})
