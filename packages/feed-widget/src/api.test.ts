/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { actingStyles } from './acting/actingStyles.ts'
import { customProperties, parts } from './api.ts'
import { trayStyles } from './composer/trayStyles.ts'
import { writingStyles } from './composer/writingStyles.ts'
import { styles as firstStyles } from './styles/index.ts'
import { mediaStyles } from './styles/mediaStyles.ts'
import { viewerStyles } from './styles/viewerStyles.ts'

const styles = [...firstStyles, actingStyles, mediaStyles, trayStyles, viewerStyles, writingStyles]

const source = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.tsx') && !file.includes('.test.'))
  .map(file => readFileSync(join(import.meta.dirname, file), 'utf8'))
  .join('\n')

it('lists every part that the view has, and no other', () => {
  const used = [...source.matchAll(/ part="([^"]+)"/g)].flatMap(([, names = '']) => names.split(' '))
  expect([...parts].sort()).toEqual([...new Set(used)].sort())
})

it('lists every custom property that the styles read, and no other', () => {
  const used = [...styles.join('\n').matchAll(/--vk-[a-z-]+/g)].map(([name]) => name)
  expect([...customProperties].sort()).toEqual([...new Set(used)].sort())
})

it('sets sizes in px and em, never in rem, and sides by logical properties', () => {
  const css = styles.join('\n')
  expect(css.match(/\d(rem|vw)\b/g)).toBeNull()
  expect(css.match(/[^-](margin|padding|border)-(left|right|top|bottom)|[^-\w](left|right): /g)).toBeNull()
})
