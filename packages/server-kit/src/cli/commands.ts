import type { AddCommand } from './command.ts'
import { addAudit } from './commands/audit.ts'
import { addDoctor } from './commands/doctor.ts'
import { addEvents } from './commands/events.ts'
import { addHealth } from './commands/health.ts'
import { addInit } from './commands/init.ts'
import { addJob } from './commands/job.ts'
import { addMessages } from './commands/messages.ts'
import { addMigrate } from './commands/migrate.ts'
import { addOrders } from './commands/orders.ts'
import { addReconcile } from './commands/reconcile.ts'
import { addRepair } from './commands/repair.ts'
import { addServe } from './commands/serve.ts'
import { addSql } from './commands/sql.ts'
import { addVenues } from './commands/venues.ts'
import { addWebhooks } from './commands/webhooks.ts'

/** In the order in which help lists them. */
export const commands: readonly AddCommand[] = [
  addInit,
  addMigrate,
  addServe,
  addDoctor,
  addHealth,
  addAudit,
  addRepair,
  addReconcile,
  addJob,
  addWebhooks,
  addMessages,
  addOrders,
  addVenues,
  addEvents,
  addSql,
]
