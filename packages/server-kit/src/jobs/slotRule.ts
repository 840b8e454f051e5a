import type { JobSchedule } from './job.ts'

/** A schedule as SQL takes it. */
export const slotRule = (schedule: JobSchedule, timeZone: string) =>
  'dailyAt' in schedule
    ? { every_seconds: null, daily_at: schedule.dailyAt, time_zone: timeZone }
    : { every_seconds: schedule.everySeconds, daily_at: null, time_zone: null }
