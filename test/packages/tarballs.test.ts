import { expect, inject, test } from 'vitest'
import { listPacked, readPacked, runTool } from './packed.ts'

const tarballs = Object.entries(inject('tarballs'))

interface Manifest {
  version: string
  license: string
  exports: Record<string, Record<string, string> | string>
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  scripts?: unknown
  devDependencies?: unknown
}

const manifestOf = async (tarball: string) => JSON.parse(await readPacked(tarball, 'package.json')) as Manifest

test.each(tarballs)('publint finds nothing to say about %s', async (_, tarball) => {
  expect(await runTool('publint', ['run', tarball, '--strict'])).toContain('All good!')
})

test.each(tarballs)('the types of %s are right for each way of importing ES modules', async (_, tarball) => {
  const report = JSON.parse(await runTool('attw', [tarball, '--profile', 'esm-only', '--format', 'json'])) as {
    analysis: { entrypoints: Record<string, unknown> }
    problems?: Record<string, unknown>
  }
  const { exports } = await manifestOf(tarball)
  expect(Object.keys(report.analysis.entrypoints).sort()).toEqual(Object.keys(exports).sort())
})

test.each(tarballs)(
  '%s is released whole: every entry, its licence and its words, and nothing of our own',
  async (_, tarball) => {
    const files = await listPacked(tarball)
    const manifest = await manifestOf(tarball)
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json']))
    const targets = Object.values(manifest.exports).flatMap(entry =>
      typeof entry === 'string' ? entry : Object.values(entry),
    )
    for (const target of targets) expect(files).toContain(target.replace('./', ''))
    expect(files.filter(file => /\.test\.|\/src\/|\.tsx?$/.test(file) && !file.endsWith('.d.ts'))).toEqual([])
    expect(JSON.stringify(manifest)).not.toMatch(/@venuekit\/source|workspace:|file:|link:/)
    expect(manifest.license).toBe('MIT')
    expect(manifest.scripts ?? manifest.devDependencies).toBeUndefined()
  },
)

test('the four bear one version, and need each other in that version', async () => {
  const manifests = await Promise.all(tarballs.map(([, tarball]) => manifestOf(tarball)))
  const [version] = new Set(manifests.map(manifest => manifest.version))
  expect(new Set(manifests.map(manifest => manifest.version)).size).toBe(1)
  const needed = manifests.flatMap(({ dependencies = {} }) =>
    Object.entries(dependencies).filter(([name]) => name.startsWith('@venuekit/')),
  )
  expect(needed.length).toBeGreaterThan(0)
  for (const [, range] of needed) expect(range).toBe(`^${version}`)
})

test.each(tarballs)('the maps of %s carry the sources that they speak of', async (_, tarball) => {
  const maps = (await listPacked(tarball)).filter(file => /^dist\/.*\.js\.map$/.test(file))
  expect(maps.length).toBeGreaterThan(0)
  const map = JSON.parse(await readPacked(tarball, maps[0] ?? '')) as { sourcesContent?: (string | null)[] }
  expect(map.sourcesContent?.every(content => typeof content === 'string')).toBe(true)
})

const permissive = /^(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|BlueOak-1\.0\.0|MIT-0|MPL-2\.0)$/

test('what the packages bring along is free to use', async () => {
  const told = await runTool('npx', ['-y', 'pnpm@12', 'licenses', 'list', '--prod', '--json', '--recursive'])
  const licences = Object.keys(JSON.parse(told) as Record<string, unknown>)
  expect(licences).toContain('MIT')
  // Of several to choose from one that is free is enough.
  const isFree = (licence: string) =>
    licence
      .replace(/[()]/g, '')
      .split(' OR ')
      .some(one => permissive.test(one))
  expect(licences.filter(licence => !isFree(licence))).toEqual([])
})

test.each(tarballs.filter(([folder]) => folder.endsWith('-widget')))(
  '%s goes into an app of any framework: npm refuses no version for the sake of types that the app may not use',
  async (_, tarball) => {
    const { peerDependencies = {} } = await manifestOf(tarball)
    expect(peerDependencies).toEqual({ '@types/react': '*', vue: '*' })
  },
)
