import type { JobName, ServerKit } from '@venuekit/server-kit'
import type { PgBoss } from 'pg-boss'

export const queueOf = (job: JobName): string => `venuekit.${job}`

/**
 * Has a host's pg-boss run the kit's jobs, in as many processes as you like: each minute it asks what is due. pg-boss
 * only ticks; the slot in the kit's own database decides, so that a tick too many does nothing, and one that was missed
 * is made up for by the next. Nothing is retried: the next tick does that.
 */
export const runJobs = async (boss: PgBoss, kit: ServerKit): Promise<void> => {
  for (const job of kit.jobs.names) {
    const queue = queueOf(job)
    await boss.createQueue(queue, { policy: 'stately', retryLimit: 0, expireInSeconds: 6 * 3600 })
    await boss.work(queue, { pollingIntervalSeconds: 0.5 }, () => kit.jobs.run(job))
    await boss.schedule(queue, '* * * * *')
  }
}
