import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { programPages, programsOf, writePrograms } from './pagePrograms.ts'

/** Pages whose blocks stand within a program of the reader's, and what that would have said before. */
const pages: Record<string, string> = {
  'README.md': 'declare const eventId: string',
  'packages/core/README.md': 'declare const eventId: string',
  'packages/server-kit/README.md': '',
  'docs/alerts.md':
    "import type { ServerKitOptions } from '@venuekit/server-kit'; declare const options: ServerKitOptions",
  'docs/check-in.md': `import type { OfflineDoorOptions } from '@venuekit/core/check-in'
    declare const [eventId, text, api, gate]: [string, string, string, string]
    declare const { keys, revocations, scans: kept }: Required<OfflineDoorOptions>
    declare const headers: Record<string, string>`,
  'docs/cli.md': `import type { ServerKitOptions } from '@venuekit/server-kit'
    declare const { database, gateway, secrets, timeZone }: ServerKitOptions`,
  'docs/embedding.md': '',
  'docs/languages.md': `import type { VenueKitTicketsElement } from '@venuekit/ticket-widget'
    declare const element: VenueKitTicketsElement`,
  'docs/live.md': `import type { Session } from '@venuekit/core'
    declare const session: Session; declare const eventId: string; declare const show: (tiers: object) => void`,
  'docs/media.md': `import type { ServerKitOptions } from '@venuekit/server-kit'
    declare const options: ServerKitOptions
    declare const [tokenId, tokenSecret, uploadSecret, webhookSecret]: [string, string, string, string]`,
  'docs/supabase.md': '',
}

const fragments = (
  await Promise.all(
    Object.entries(pages).map(async ([page, before]) =>
      (await programsOf(page)).map(({ name, code }) => ({ name, page, code: `${before}\n${code}\nexport {}\n` })),
    ),
  )
).flat()
let written: Awaited<ReturnType<typeof writePrograms>>
beforeAll(async () => {
  written = await writePrograms(fragments)
})
afterAll(() => written.remove())

test('each of these pages has a block', () => {
  expect(new Set(fragments.map(({ page }) => page))).toEqual(new Set(Object.keys(pages)))
})

test('no page with code of its own is left out', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const all = globSync(['*.md', 'docs/*.md', 'docs/decisions/*.md', 'packages/*/README.md'], { cwd: root })
  const withCode = all.filter(page => /^```(ts|tsx|js|jsx|mjs)$/m.test(readFileSync(root + page, 'utf8')))
  expect(withCode.sort()).toEqual([...Object.keys(pages), ...programPages].sort())
})

test('every block has the types that it claims, within a program that has what it speaks of', async () => {
  expect(await written.check()).toBe('')
}, 120_000)
