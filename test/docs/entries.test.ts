import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'

const packages = ['core', 'feed-widget', 'ticket-widget', 'server-kit']
const read = (path: string) => readFile(new URL(`../../packages/${path}`, import.meta.url), 'utf8')

/** What TypeDoc calls a module that does not say its name. */
const nameOfFile = (source: string): string => source.replace('./src/', '').replace(/(\/index)?\.ts$/, '')

test.each(packages)('the reference calls the entries of %s as one imports them', async folder => {
  const { exports } = JSON.parse(await read(`${folder}/package.json`)) as {
    exports: Record<string, { '@venuekit/source'?: string }>
  }
  for (const [entry, { '@venuekit/source': source }] of Object.entries(exports)) {
    if (source === undefined || entry === '.') continue
    const told = /@module (\S+)/.exec(await read(`${folder}/${source}`))?.[1]
    expect(told ?? nameOfFile(source), source).toBe(entry.replace('./', ''))
  }
})
