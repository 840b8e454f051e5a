import { type Guard, labelOf } from './guard.ts'
import type { Verdict } from './lane.ts'

interface Count {
  tried: number
  killed: number
  allowed: number
}

export interface Tally {
  add(guard: Guard, verdict: Verdict): void
  /** Prints the counts and the survivors; answers the exit code. */
  report(): number
}

/** A key that others reference cannot be taken out at all; anything else that is refused is a fault of the finder. */
const isHeldByOthers = ({ kind }: Guard): boolean => kind === 'key' || kind === 'unique'

const tellKiller = ({ failures: [failure], refused }: Verdict): string =>
  failure ? `${failure.file.replace('packages/server-kit/', '')}: ${failure.test} (${failure.error})` : `${refused}`

const minutes = (milliseconds: number): string => `${(milliseconds / 60_000).toFixed(1)} min`

/** Counts verdicts and prints each as it comes. */
export const createTally = (total: number, allowed: Record<string, string>): Tally => {
  const counts = new Map<string, Count>()
  const faults: string[] = []
  const begun = performance.now()
  let done = 0
  console.log(`${total} guards`)

  const judge = (guard: Guard, { failures, refused }: Verdict, count: Count): string => {
    const label = labelOf(guard)
    if (failures.length > 0 || (refused && isHeldByOthers(guard))) {
      count.killed += 1
      if (Object.hasOwn(allowed, label)) faults.push(`${label}: killed, so it needs no reason in the list`)
      return 'killed  '
    }
    if (refused) {
      faults.push(`${label}: cannot be applied: ${refused}`)
      return 'BROKEN  '
    }
    if (Object.hasOwn(allowed, label)) {
      count.allowed += 1
      return 'allowed '
    }
    faults.push(`${label} (${guard.file})`)
    return 'SURVIVED'
  }
  return {
    add(guard, verdict) {
      const count = counts.get(guard.kind) ?? { tried: 0, killed: 0, allowed: 0 }
      counts.set(guard.kind, count)
      count.tried += 1
      done += 1
      const result = judge(guard, verdict, count)
      const killer = result === 'killed  ' ? ` by ${tellKiller(verdict)}` : ''
      console.log(`${result} ${done}/${total} ${minutes(performance.now() - begun)} ${labelOf(guard)}${killer}`)
    },
    report() {
      console.table(Object.fromEntries([...counts].sort()))
      const sum = (key: keyof Count): number => [...counts.values()].reduce((all, count) => all + count[key], 0)
      console.log(
        `${sum('tried')} guards tried, ${sum('killed')} killed, ${sum('allowed')} allowed, in ${minutes(performance.now() - begun)}`,
      )
      if (faults.length > 0) console.error(`\nNo test fails without these, or the list is wrong:\n${faults.join('\n')}`)
      return faults.length > 0 ? 1 : 0
    },
  }
}
