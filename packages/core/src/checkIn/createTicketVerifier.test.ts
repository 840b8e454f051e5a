import { test } from 'vitest'
import { codeCases } from './testing/codeCases.ts'

test.each(Object.entries(codeCases))('%s', async (_, run) => run())
