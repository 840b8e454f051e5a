import type { AddCommand } from './command.ts'
import { addAudit } from './commands/audit.ts'
import { addHealth } from './commands/health.ts'
import { addMigrate } from './commands/migrate.ts'

/** In the order in which help lists them. */
export const commands: readonly AddCommand[] = [addMigrate, addHealth, addAudit]
