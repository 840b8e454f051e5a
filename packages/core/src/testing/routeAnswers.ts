import { eventAnswers } from './eventAnswers.ts'
import { feedAnswers } from './feedAnswers.ts'
import { liveAnswers } from './liveAnswers.ts'
import { orderAnswers } from './orderAnswers.ts'
import { postAnswers } from './postAnswers.ts'
import type { RouteAnswers } from './TestCall.ts'
import { uploadAnswers } from './uploadAnswers.ts'

/** What each route answers. */
export const routeAnswers = {
  ...eventAnswers,
  ...orderAnswers,
  ...feedAnswers,
  ...postAnswers,
  ...uploadAnswers,
  ...liveAnswers,
} satisfies RouteAnswers
