import { test } from 'vitest'
import { codeCases } from './testing/codeCases.ts'

test.each(Object.entries(codeCases))('in a browser: %s', async (_, run) => run())
