import * as z from 'zod/mini'

const anHour = 3600
const aDay = 86_400

/** How often a sink hears of one and the same alert. */
export const alertTiming = z.strictObject({
  /** At most one message that it began or grew within so long; what comes and goes meanwhile is not told. */
  coolDownSeconds: z._default(z.int().check(z.minimum(1), z.maximum(30 * aDay)), anHour),
  /** While it lasts it is told again after so long; null for never. */
  remindSeconds: z._default(z.nullable(z.int().check(z.minimum(60), z.maximum(90 * aDay))), aDay),
  /** Messages of one code in five minutes; what more there is of it goes together. */
  burstMessages: z._default(z.int().check(z.minimum(1), z.maximum(100)), 5),
})
export type AlertTiming = z.output<typeof alertTiming>
