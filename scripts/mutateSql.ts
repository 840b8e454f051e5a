/**
 * Takes the guards of `packages/server-kit/sql` out, one at a time, on a copy, and runs the tests until one fails: those
 * nearest to the guard first, all of them last. Prints the survivors and ends with 1 where there are any.
 */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { allowedSurvivors } from './mutants/allowedSurvivors.ts'
import { createTestChooser, firstOf, togetherKinds } from './mutants/chooseTests.ts'
import { findGuards } from './mutants/findGuards.ts'
import { type Guard, type GuardKind, labelOf, nameOf } from './mutants/guard.ts'
import type { Verdict } from './mutants/lane.ts'
import { type Lane, startLane } from './mutants/startLane.ts'
import { createTally } from './mutants/tally.ts'
import type { Failure } from './mutants/testRunner.ts'

const usage = `pnpm mutants                    every guard
pnpm mutants --only '^lock:'    those whose kind and name, as printed, match it
pnpm mutants --quick            without the tests on Postgres that are far from the guard, and without schedules
pnpm mutants --tests a.test.ts  these files and no others; may be given again
pnpm mutants --lanes 4          so many at a time; two unless told
pnpm mutants --list             only tells what there is`

const readArguments = () =>
  parseArgs({
    options: {
      only: { type: 'string', default: '' },
      quick: { type: 'boolean', default: false },
      tests: { type: 'string', multiple: true, default: [] },
      list: { type: 'boolean', default: false },
      lanes: { type: 'string', default: '2' },
      help: { type: 'boolean', default: false },
    },
  }).values

const endWith = (code: number, text: string): never => {
  ;(code === 0 ? console.log : console.error)(text)
  process.exit(code)
}

const argumentsOrUsage = () => {
  try {
    return readArguments()
  } catch (error) {
    return endWith(2, `${error instanceof Error ? error.message : error}\n\n${usage}`)
  }
}

const root = fileURLToPath(new URL('..', import.meta.url))
const values = argumentsOrUsage()
if (values.help) endWith(0, usage)
const wanted = new RegExp(values.only)
const guards = (await findGuards(`${root}packages/server-kit/sql`)).filter(guard => wanted.test(labelOf(guard)))
if (values.list) {
  for (const guard of guards) console.log(`${labelOf(guard)} (${guard.file})`)
  process.exit()
}

const chooseTests = await createTestChooser(root)
const tally = createTally(guards.length, allowedSurvivors)
const lanes = await Promise.all(Array.from({ length: Number(values.lanes) }, startLane))
const stop = async (): Promise<void> => {
  await Promise.all(lanes.map(lane => lane.close()))
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void stop().then(() => process.exit(130)))
}

const texts = new Map(
  await Promise.all(values.tests.map(async test => [test, await readFile(root + test, 'utf8')] as const)),
)
const nearestFirst = (guard: Guard): string[] =>
  values.tests.toSorted(
    (one, other) => Number(texts.get(other)?.includes(nameOf(guard))) - Number(texts.get(one)?.includes(nameOf(guard))),
  )

/** The file that missed the last guard of the same function probably misses this one too. */
const lastKiller = new Map<string, string>()
const groupsOf = (guard: Guard): string[][] => {
  if (values.tests.length > 0) return nearestFirst(guard).map(test => [test])
  const killer = lastKiller.get(guard.file)
  const groups = chooseTests(guard, killer === undefined ? [] : [killer])
  return values.quick
    ? groups.filter(group => !group.some(path => /\/test\//.test(path)) || group.length === 1)
    : groups
}

const isNamedBy = (guard: Guard, { test, found }: Failure): boolean => {
  const name = nameOf(guard)
  const [first] = test.split(/[ :]/)
  return first === name || first === name.split('.')[1] || found.includes(`"${name}"`)
}

/** Takes a whole kind out at once; answers those that no failure names, which are left to try one by one. */
const tryTogether = async (lane: Lane, kind: GuardKind, members: Guard[]): Promise<Guard[]> => {
  const tests = values.tests.length > 0 ? values.tests : (firstOf[kind] ?? [])
  const { failures } = await lane.attempt({ guards: members, groups: [tests] })
  return [...Map.groupBy(members, nameOf).values()].flatMap(namesakes => {
    const [one] = namesakes
    const named = failures.filter(failure => one && isNamedBy(one, failure))
    // A list names all of a function's guards of this kind; of tests, each needs one of its own.
    if (named.length < namesakes.length && !named.some(({ found }) => one && found.includes(`"${nameOf(one)}"`)))
      return namesakes
    namesakes.forEach((guard, index) => {
      const failure = named[index] ?? named[0]
      if (failure) tally.add(guard, { failures: [failure] })
    })
    return []
  })
}

const waiting: Guard[] = []
const drain = async (attempt: (guard: Guard) => Promise<Verdict>): Promise<void> => {
  for (let guard = waiting.shift(); guard; guard = waiting.shift()) {
    const verdict = await attempt(guard)
    const [failure] = verdict.failures
    if (failure) lastKiller.set(guard.file, failure.file)
    tally.add(guard, verdict)
  }
}

// A test that fails with all guards in place would kill every mutant.
const [first] = lanes
if (!first) throw new Error('at least one lane is needed')
const tests = [...new Set(guards.flatMap(guard => groupsOf(guard).filter(group => group.length === 1)).flat())]
const control = await first.attempt({ guards: [], groups: tests.map(test => [test]) })
if (control.failures.length > 0) {
  console.error('Nothing was taken out, and yet a test fails:', control.failures)
  process.exitCode = 2
} else {
  for (const [kind, members] of Map.groupBy(guards, guard => guard.kind)) {
    const [excused = [], others = []] = [true, false].map(is =>
      members.filter(guard => Object.hasOwn(allowedSurvivors, labelOf(guard)) === is),
    )
    const together = togetherKinds.has(kind) && others.length > 1
    waiting.push(...excused, ...(together ? await tryTogether(first, kind, others) : others))
  }
  await Promise.all(lanes.map(lane => drain(guard => lane.attempt({ guards: [guard], groups: groupsOf(guard) }))))
  process.exitCode = tally.report()
}
await stop()
