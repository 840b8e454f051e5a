/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { customProperties } from './api.ts'
import { buttonParts } from './button/buttonApi.ts'
import { parts } from './parts.ts'

const sourceOf = (isWanted: (file: string) => boolean) =>
  readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
    .filter(file => !file.includes('.test.') && !file.startsWith('testing') && isWanted(file))
    .map(file => readFileSync(join(import.meta.dirname, file), 'utf8'))
    .join('\n')

const styles = sourceOf(file => /[sS]tyles\.ts$/.test(file) && !file.startsWith('button/'))

it('lists every part that the views have, and no other', () => {
  const used = [...sourceOf(file => file.endsWith('.tsx')).matchAll(/ part=(?:"([^"]+)"|\{([^}]+)\})/g)].flatMap(
    ([, plain, chosen]) => (plain ? [plain] : [...(chosen ?? '').matchAll(/'([a-z -]{4,})'/g)].map(([, name]) => name)),
  )
  const names = used.flatMap(name => name?.split(' ') ?? []).filter(name => name !== 'primary')
  expect([...parts].sort()).toEqual([...new Set(names)].sort())
})

it('lists every part that the button has, and no other', () => {
  const used = sourceOf(file => file.startsWith('button/')).matchAll(/\.part\.add\('([a-z-]+)'\)/g)
  expect([...buttonParts].sort()).toEqual([...new Set([...used].map(([, name]) => name))].sort())
})

it('lists every custom property that the styles read, and no other', () => {
  const used = [...styles.matchAll(/--vk-[a-z-]+/g)].map(([name]) => name)
  expect([...customProperties].sort()).toEqual([...new Set(used)].sort())
})

it('sets sizes in px and em, never in rem, and sides by logical properties', () => {
  expect(styles.match(/\d(rem|vw)\b/g)).toBeNull()
  expect(styles.match(/[^-](margin|padding|border)-(left|right|top|bottom)|[^-\w](left|right): /g)).toBeNull()
})
