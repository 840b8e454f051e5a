import fc from 'fast-check'

export interface ScheduleSource {
  /** The test's own file and project, for the command that runs a failing seed again. */
  file: string
  project: string
  /** How much of all schedules are played here: of 300, or of `VENUEKIT_RUNS`. */
  share: number
}

const allRuns = 300

const numberOf = (name: string): number | undefined => {
  const text = process.env[name]
  return text === undefined || text === '' ? undefined : Number(text)
}

const report = <Schedule>({ file, project }: ScheduleSource, details: fc.RunDetails<Schedule>): void => {
  if (!details.failed) return
  const variables = `VENUEKIT_SEED=${details.seed} VENUEKIT_PATH=${details.counterexamplePath}`
  const cause = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance)
  throw new Error(
    `${cause}\n\nschedule: ${fc.stringify(details.counterexample)}\nagain: ${variables} npx -y pnpm@12 exec vitest run --project ${project} ${file}`,
    { cause: details.errorInstance },
  )
}

/** Seed and number of runs from the environment; a failure ends with the command that plays it again. */
export const scheduleParameters = <Schedule>(source: ScheduleSource) => {
  const path = process.env.VENUEKIT_PATH
  return {
    seed: numberOf('VENUEKIT_SEED') ?? Math.floor(Math.random() * 2 ** 31),
    numRuns: Math.max(1, Math.round((numberOf('VENUEKIT_RUNS') ?? allRuns) * source.share)),
    reporter: (details: fc.RunDetails<Schedule>) => report(source, details),
    ...(path !== undefined && { path }),
  }
}
