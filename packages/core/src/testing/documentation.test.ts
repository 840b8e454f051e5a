/// <reference types="node" />
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { Fault } from './Fault.ts'

// Its programs are run by test/docs/programs.test.ts.
const page = await readFile(resolve(import.meta.dirname, '../../../../docs/testing-your-app.md'), 'utf8')

const kinds: Record<Fault['kind'], true> = { problem: true, status: true, network: true, lost_answer: true, wait: true }

test('every fault stands on the page', () => {
  for (const kind of Object.keys(kinds)) expect(page).toContain(`| \`${kind}\` |`)
})
