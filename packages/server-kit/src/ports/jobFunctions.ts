/** Why nobody got a run: it is not time yet, the slot has had its run, or another run of the job has not ended. */
export type SlotRefusal = 'not_due' | 'taken' | 'under_way'

/** One run of a job as it was recorded. */
interface RecordedRun {
  /** A period's number since 1970, a local date, or `extra …` for a run beside the slots. */
  slot: string
  /** Which process ran it. */
  worker: string
  takenAt: string
  /** Null while it is under way, and for ever where its worker died. */
  finishedAt: string | null
  failed: boolean | null
  /** What it counted, or `{ error }`. */
  report: Record<string, unknown> | null
}

/** A job's schedule, one kind of the two, and when it counts as stale. */
export interface JobRule {
  job: string
  everySeconds?: number
  /** `HH:MM` in `timeZone`. */
  dailyAt?: string
  timeZone?: string
  staleSeconds: number
}

/** How a job stands, by the database's clock. */
export interface ListedJob {
  job: string
  /** The slot of this moment; null before a daily job's hour. */
  slot: string | null
  /** A run that has not ended, whose worker was heard of within two minutes. */
  underWay: boolean
  /** Whoever asked now would get a run. */
  due: boolean
  lastGoodAt: string | null
  /** No run has ended well for too long. */
  stale: boolean
  lastRun: RecordedRun | null
}

interface RunKey {
  job: string
  slot: string
  run_id: string
}

export interface JobFunctions {
  /**
   * Takes the job's present slot by the database's clock: a period's number, or the local date of a daily job
   * once local time is past `daily_at`. One taker a slot.
   */
  'venuekit.take_job_slot': {
    args: {
      job: string
      worker: string
      every_seconds: number | null
      /** `HH:MM` in `time_zone`. */
      daily_at: string | null
      time_zone: string | null
      /** Beside the slots; false where it is left out. */
      extra?: boolean
    }
    result: { taken: true; slot: string; runId: string } | { taken: false; reason: SlotRefusal }
  }
  /** Says that the worker is still at it; `lost` where another has taken the run over. */
  'venuekit.touch_job_run': { args: RunKey; result: { outcome: 'touched' | 'lost' } }
  'venuekit.finish_job_slot': {
    args: RunKey & { failed: boolean; report: Record<string, unknown> }
    result: { outcome: 'recorded' | 'lost' }
  }
  'venuekit.list_jobs': {
    args: {
      jobs: JobRule[]
    }
    result: { now: string; jobs: ListedJob[] }
  }
}
