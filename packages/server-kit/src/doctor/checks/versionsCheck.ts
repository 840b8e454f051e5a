import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { compareReleases } from '../../migrations/compareReleases.ts'
import { type Check, orWell, problem, type Verdict } from '../check.ts'

export interface VersionFacts {
  node: { installed: string; wanted: string }
  /** Adapters that are installed, with the range that this release was made for. */
  adapters: { name: string; installed: string; wanted: string }[]
}

/** The kinds of range that our package.json has: `^1.2.3` and `>=1.2`. */
const isWithin = (version: string, range: string): boolean => {
  const least = range.replace(/^(\^|>=)/, '')
  const parts = least.split('.').map(Number)
  const padded = [...parts, 0, 0].slice(0, 3).join('.')
  if (compareReleases(version, padded) < 0) return false
  if (!range.startsWith('^')) return true
  const [major = 0, minor = 0] = parts
  const [theirMajor, theirMinor] = version.split('.').map(Number)
  // Below 1.0 the second number is the one that breaks.
  return theirMajor === major && (major > 0 || theirMinor === minor)
}

export const judgeVersions = ({ node, adapters }: VersionFacts): Verdict[] => {
  const found: Verdict[] = []
  if (!isWithin(node.installed, node.wanted)) {
    found.push(problem(`Node ${node.installed} is too old.`, `use ${node.wanted}`))
  }
  for (const { name, installed, wanted } of adapters) {
    if (isWithin(installed, wanted)) continue
    found.push(
      problem(`${name} ${installed} is installed, and this release wants ${wanted}.`, `install ${name}@${wanted}`),
    )
  }
  const list = adapters.map(({ name, installed }) => `${name} ${installed}`).join(', ')
  return orWell(found, `Node ${node.installed}${list === '' ? '' : `, ${list}`}: as wanted.`)
}

interface PackageFile {
  version: string
  engines: { node: string }
  peerDependencies: Record<string, string>
}

const readPackage = async (path: string | URL): Promise<PackageFile> => JSON.parse(await readFile(path, 'utf8'))

/** `findPackageJSON` is of Node 22.14; what a package exports need not have its package.json. */
const { resolve } = createRequire(import.meta.url)

/** Installed or not: adapters are optional. */
const versionOf = async (name: string): Promise<string | null> => {
  for (const folder of resolve.paths(name) ?? []) {
    try {
      return (await readPackage(join(folder, name, 'package.json'))).version
    } catch {
      // The next folder up may have it.
    }
  }
  return null
}

/** Whether Node and the adapters are those that this release was made for. */
export const versionsCheck: Check = {
  name: 'versions',
  async examine() {
    const own = await readPackage(new URL('../../../package.json', import.meta.url))
    const adapters: VersionFacts['adapters'] = []
    for (const [name, wanted] of Object.entries(own.peerDependencies)) {
      const installed = await versionOf(name)
      if (installed !== null) adapters.push({ name, installed, wanted })
    }
    return judgeVersions({ node: { installed: process.versions.node, wanted: own.engines.node }, adapters })
  },
}
