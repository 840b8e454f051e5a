import { globSync, readFileSync } from 'node:fs'
import { dirname, join, posix, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const isOurs = ({ name }: { name: string }): boolean => !/^(node_modules|dist|reference|\.(?!changeset$).+)$/.test(name)
const list = (pattern: string): string[] =>
  globSync(pattern, { cwd: root, withFileTypes: true, exclude: entry => !isOurs(entry) }).map(entry =>
    posix.relative(root, posix.join(entry.parentPath, entry.name)),
  )

const files = new Set(list('**/*'))
const sources = [...files].filter(file => /\.(ts|tsx|js|mjs|sql)$/.test(file))
const pages = [...files].filter(file => file.endsWith('.md')).sort()
const read = (page: string): string => readFileSync(join(root, page), 'utf8')
/** Prose alone: what a block of code says is no reference of ours. */
const proseOf = (page: string): string => read(page).replace(/^```[\s\S]*?^```$/gm, '')

/** As GitHub makes the anchors of headings. */
const anchorsOf = (page: string): Set<string> => {
  const known = new Map<string, number>()
  const anchors = new Set<string>()
  for (const [, heading = ''] of proseOf(page).matchAll(/^#+ (.+)$/gm)) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase()
    const slug = plain.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-')
    const before = known.get(slug) ?? 0
    known.set(slug, before + 1)
    anchors.add(before === 0 ? slug : `${slug}-${before}`)
  }
  return anchors
}

/** Links that lead nowhere. */
const deadLinks = (page: string): string[] =>
  [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter(link => {
      if (/^[a-z]+:/.test(link)) return false
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? page : posix.relative(root, posix.resolve(root, dirname(page), path))
      if (!files.has(target.replace(/\/$/, ''))) return true
      return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).has(anchor)
    })

const spansOf = (page: string): string[] => [...proseOf(page).matchAll(/`([^`\n]+)`/g)].map(([, span = '']) => span)

/** Pages speak of files from the root, from a package or from its sources; of a neighbour of one by its bare name. */
const unknownFiles = (page: string): string[] =>
  spansOf(page)
    .filter(span => /^[\w@./*-]+\.(ts|tsx|sql)$/.test(span) && !span.startsWith('/'))
    .filter(span => {
      const path = resolve('/', span).slice(1)
      const ending = new RegExp(`(^|/)${path.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`)
      return !sources.some(file => ending.test(file))
    })

const ownSql = sources
  .filter(file => file.endsWith('.sql'))
  .map(read)
  .join('\n')

/** Functions, tables and views that the SQL does not have. `venuekit.client` and the like are a client's. */
const unknownSql = (page: string): string[] =>
  spansOf(page)
    .map(span => /^((?:ticketing|feed|venuekit(?=\.[a-z]+_))\.[a-z_]+)(\(.*)?$/.exec(span)?.[1])
    .filter(name => name !== undefined)
    .filter(name => !new RegExp(`\\b${name.replace('.', '\\.')}\\b`).test(ownSql))

const scripts = new Set(Object.keys((JSON.parse(read('package.json')) as { scripts: object }).scripts))
const ownCommands = new Set(['install', 'exec', 'add', 'run', 'pack'])

/** Names that `pnpm` would not know; in blocks as well. */
const unknownScripts = (page: string): string[] =>
  [...read(page).matchAll(/\bpnpm(?:@\d+)?((?: --?[\w-]+)*) ([a-z][\w:-]*)/g)]
    .filter(([whole]) => !whole.includes('--filter'))
    .map(([, , name = '']) => name)
    .filter(name => !scripts.has(name) && !ownCommands.has(name))

test('there are pages, and what they speak of', () => {
  expect(pages.length).toBeGreaterThan(25)
  expect(sources.length).toBeGreaterThan(1000)
  expect(pages.flatMap(spansOf).length).toBeGreaterThan(1000)
})

describe.each(pages)('%s', page => {
  test('links to pages, headings and files that are there', () => {
    expect(deadLinks(page)).toEqual([])
  })

  test('names files that are there', () => {
    expect(unknownFiles(page)).toEqual([])
  })

  test('names functions and tables that are there', () => {
    expect(unknownSql(page)).toEqual([])
  })

  test('names commands that run', () => {
    expect(unknownScripts(page)).toEqual([])
  })
})
