import { glob, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Guard, GuardKind } from './guard.ts'

interface Source {
  path: string
  text: string
}

const kit = 'packages/server-kit'
const catalogue = `${kit}/src/sql/catalogue.test.ts`
const constraints = ['constraints', 'feedConstraints', 'venuekitConstraints'].map(
  name => `${kit}/src/sql/${name}.test.ts`,
)

const orders = ['answerOrders', 'queueOrders', 'choiceOrders', 'operationsOrders', 'listOrders', 'exposeApi'].map(
  name => `${kit}/src/sql/${name}.test.ts`,
)
const locks = ['locks', 'lateClocks', 'feedLocks', 'operationsLocks', 'takers'].map(
  name => `${kit}/test/postgres/${name}.test.ts`,
)

/** Where a guard of this kind is proven first of all. */
export const firstOf: Partial<Record<GuardKind, string[]>> = {
  check: constraints,
  unique: constraints,
  key: constraints,
  reference: constraints,
  trigger: constraints,
  rule: [...constraints, `${kit}/src/sql/misuse.test.ts`],
  revoke: [catalogue],
  definer: [catalogue],
  path: [catalogue],
  patience: [catalogue],
  durable: [catalogue],
  lock: locks,
  skip: locks,
  order: [...orders, `${kit}/test/postgres/feedLocks.test.ts`, `${kit}/test/postgres/operationsLocks.test.ts`],
  clock: [
    ...locks,
    `${kit}/test/postgres/clocks.test.ts`,
    `${kit}/src/sql/dueNow.test.ts`,
    `${kit}/src/sql/operationsDueNow.test.ts`,
  ],
  'clock after lock': locks,
}

/**
 * Kinds that leave a database in which tests still run when all of them go at once. Who is named by a failing test is
 * missed by it: it names each by itself, so one run answers for all.
 */
export const togetherKinds: ReadonlySet<GuardKind> = new Set([
  'check',
  'reference',
  'revoke',
  'definer',
  'path',
  'patience',
  'durable',
  'lock',
  'skip',
  'order',
  'clock',
  'clock after lock',
])

/** They migrate from the package's own SQL, whatever is taken out. */
const isAboutMigrating = ({ path }: Source): boolean => /\/(?:migrate|views)\.test\.ts$/.test(path)

const read = async (pattern: string, root: string): Promise<Source[]> => {
  const found: Source[] = []
  for await (const path of glob(pattern, { cwd: root }))
    found.push({ path, text: await readFile(`${root}/${path}`, 'utf8') })
  return found
}

const stem = (path: string): string =>
  basename(path)
    .replace(/\.\w+$|\.test\.ts$/g, '')
    .replace(/\.test$/, '')

/** The function and whatever calls it, with the number of calls between. */
const callers = (name: string, functions: Source[]): Map<string, number> => {
  const distances = new Map([[name, 0]])
  for (const [callee, distance] of distances) {
    for (const { path, text } of functions) {
      const caller = stem(path)
      if (!distances.has(caller) && text.includes(`${callee}(`)) distances.set(caller, distance + 1)
    }
  }
  return distances
}

const mentions = (text: string, word: string): boolean => new RegExp(`\\b${word.replace('.', '\\.')}\\b`).test(text)

/** Asks once for each name. */
const remember = <Answer>(ask: (name: string) => Answer): ((name: string) => Answer) => {
  const known = new Map<string, Answer>()
  return name => {
    const answer = known.get(name) ?? ask(name)
    known.set(name, answer)
    return answer
  }
}

/** Answers, for a guard, the groups of test files that try it: the narrowest first, everything last. */
export const createTestChooser = async (root: string): Promise<(guard: Guard, first: string[]) => string[][]> => {
  const functions = await read(`${kit}/sql/functions/*.sql`, root)
  const sources = (await read(`${kit}/src/**/*.ts`, root)).filter(({ path }) => !path.includes('.test.'))
  const isUseful = (test: Source): boolean =>
    /PgliteDatabase|TestKit|TestPostgres|Stage\b/.test(test.text) && !isAboutMigrating(test)
  const unit = (await read(`${kit}/src/**/*.test.ts`, root)).filter(isUseful)
  const postgres = (await read(`${kit}/test/postgres/*.test.ts`, root)).filter(isUseful)
  const schedules = await read(`${kit}/test/schedules/*.test.ts`, root)
  const isSlow = ({ path }: Source): boolean =>
    /schedules|killedServer|blackhole|brokenWires|killedBackends/i.test(path)
  const quick = [...unit, ...postgres].filter(test => !isSlow(test))
  const known = new Set([...unit, ...postgres, ...schedules].map(({ path }) => path))

  const servicesOf = remember(name =>
    sources.filter(({ text }) => text.includes(`'${name}'`)).map(({ path }) => stem(path)),
  )

  /** More where the test names the function itself, less where it stands beside the service that calls it. */
  const closeness = (test: Source, distances: Map<string, number>): number => {
    let sum = 0
    for (const [name, distance] of distances) {
      const services = servicesOf(name)
      if (mentions(test.text, name)) sum += 6 / (1 + distance)
      if (services.includes(stem(test.path))) sum += 4 / (1 + distance)
      if (services.some(service => mentions(test.text, service))) sum += 1 / (1 + distance)
    }
    return sum
  }
  const rankOfFunction = remember(functionName => {
    const distances = callers(functionName, functions)
    return quick
      .map(test => ({ path: test.path, score: closeness(test, distances) }))
      .filter(({ score }) => score > 0)
      .sort((one, other) => other.score - one.score)
      .map(({ path }) => path)
      .slice(0, 6)
  })
  const rank = ({ name, file }: Guard): string[] => {
    if (file.startsWith('migrations/')) return quick.filter(({ text }) => mentions(text, name)).map(({ path }) => path)
    return rankOfFunction(stem(file))
  }

  return (guard, first) => {
    const near = [...new Set([...first, ...(firstOf[guard.kind] ?? []), ...rank(guard)])].filter(path =>
      known.has(path),
    )
    const rest = (tests: Source[]): string[] => tests.map(({ path }) => path).filter(path => !near.includes(path))
    const groups = [...near.map(path => [path]), rest(quick.filter(test => unit.includes(test)))]
    const slow = [
      rest(quick.filter(test => postgres.includes(test))),
      rest([...unit, ...postgres, ...schedules].filter(isSlow)),
    ]
    return [...groups, ...slow].filter(group => group.length > 0)
  }
}
