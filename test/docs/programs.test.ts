import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programPages, programsOf, writePrograms } from './pagePrograms.ts'

const programs = (await Promise.all(programPages.map(programsOf))).flat()
let written: Awaited<ReturnType<typeof writePrograms>>
beforeAll(async () => {
  written = await writePrograms(programs)
})
afterAll(() => written.remove())

test('the pages hold programs, and no block that is called otherwise', async () => {
  for (const page of programPages) {
    expect(programs.filter(({ name }) => name.startsWith(page)).length).toBeGreaterThan(2)
    const text = await readFile(new URL(`../../${page}`, import.meta.url), 'utf8')
    const blocks = [...text.matchAll(/^```(\w+)/gm)].map(([, language]) => language)
    expect(blocks.filter(language => language !== 'ts' && language !== 'sh')).toEqual([])
  }
})

test('every program has the types that it claims', async () => {
  expect(await written.check()).toBe('')
}, 120_000)

test.each(programs.map(({ name }, at) => [name, at] as const))(
  'runs: %s',
  async (_name, at) => {
    // What a program writes as a warning is a fault here as well.
    expect(await written.run(at)).toBe('')
  },
  60_000,
)
