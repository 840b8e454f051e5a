import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { apiFaults, deliveryFaults, refundFaults } from './twin/faults.ts'
import { TwinControl } from './twin/twinControl.ts'

// Its programs are run by test/docs/programs.test.ts.
const page = await readFile(fileURLToPath(new URL('../../../../docs/testing.md', import.meta.url)), 'utf8')

test('every fault and everything that the control does stands on the page', () => {
  for (const kind of [...apiFaults, ...deliveryFaults, ...refundFaults]) expect(page).toContain(`| \`${kind}\` |`)
  const methods = Object.getOwnPropertyNames(TwinControl.prototype).filter(name => name !== 'constructor')
  for (const method of methods) expect(page).toMatch(new RegExp(`\\b${method}\\(`))
})
