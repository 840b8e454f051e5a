import type { Check } from './check.ts'
import { arrivalsCheck } from './checks/arrivalsCheck.ts'
import { clocksCheck } from './checks/clocksCheck.ts'
import { cronCheck } from './checks/cronCheck.ts'
import { endpointsCheck } from './checks/endpointsCheck.ts'
import { functionsCheck } from './checks/functionsCheck.ts'
import { grantsCheck } from './checks/grantsCheck.ts'
import { jobsCheck } from './checks/jobsCheck.ts'
import { keysCheck } from './checks/keysCheck.ts'
import { loginCheck } from './checks/loginCheck.ts'
import { objectsCheck } from './checks/objectsCheck.ts'
import { poolerCheck } from './checks/poolerCheck.ts'
import { schemaCheck } from './checks/schemaCheck.ts'
import { serverCheck } from './checks/serverCheck.ts'
import { timeoutsCheck } from './checks/timeoutsCheck.ts'
import { versionsCheck } from './checks/versionsCheck.ts'

/** In the order in which they are told. */
export const checks: readonly Check[] = [
  versionsCheck,
  serverCheck,
  schemaCheck,
  functionsCheck,
  objectsCheck,
  grantsCheck,
  loginCheck,
  poolerCheck,
  timeoutsCheck,
  clocksCheck,
  jobsCheck,
  cronCheck,
  keysCheck,
  endpointsCheck,
  arrivalsCheck,
]
