/**
 * Takes the guards of `packages/server-kit/sql` out, one at a time, on a copy, and runs the tests that must then fail.
 * Prints the survivors and ends with 1 where there are any.
 *
 *   pnpm mutants            one of each kind and every constraint of capacity
 *   pnpm mutants --full     all of them
 *   pnpm mutants --only order_transition_allowed
 */
import { spawn } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

interface Mutant {
  kind: string
  /** What is taken out, and from which file. */
  name: string
  file: string
  from: string
  to: string
}

const root = fileURLToPath(new URL('..', import.meta.url))
const source = join(root, 'packages/server-kit/sql')

/** The catalogue, the rules one by one, then everything at random. */
const suites = ['packages/server-kit/src/sql', 'packages/server-kit/src/services', 'packages/server-kit/src/testing']
const schedules = ['packages/server-kit/test/schedules/schedules.test.ts', 'packages/server-kit/test/postgres']

/** The end of the bracket that opens at `start`. */
const closing = (text: string, start: number): number => {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    if (text[at] === ')') depth -= 1
    if (depth === 0 && text[at] === ')') return at + 1
  }
  return text.length
}

/** A check becomes one that holds always: its name stays, so that no statement about it breaks. */
const findChecks = (file: string, sql: string): Mutant[] =>
  [...sql.matchAll(/constraint (\w+)\s+check (?=\()/g)].map(match => {
    const start = match.index + match[0].length
    const from = sql.slice(match.index, closing(sql, start))
    return { kind: 'check', name: match[1] ?? '', file, from, to: `${match[0]}(true)` }
  })

const findUniques = (file: string, sql: string): Mutant[] => [
  ...[...sql.matchAll(/create unique index (\w+)/g)].map(match => ({
    kind: 'unique',
    name: match[1] ?? '',
    file,
    from: match[0],
    to: match[0].replace('unique ', ''),
  })),
  ...[...sql.matchAll(/,\n\s+constraint (\w+) unique \([^)]*\)/g)].map(match => ({
    kind: 'unique',
    name: match[1] ?? '',
    file,
    from: match[0],
    to: '',
  })),
]

const findStatements =
  (kind: string, pattern: RegExp, to: (match: RegExpMatchArray) => string) =>
  (file: string, sql: string): Mutant[] =>
    [...sql.matchAll(pattern)].map((match, index) => ({
      kind,
      name: `${match[1] ?? file}${index === 0 || match[1] ? '' : ` (${index + 1})`}`,
      file,
      // The text before it makes the place certain.
      from: sql.slice(0, match.index + match[0].length),
      to: sql.slice(0, match.index) + to(match),
    }))

const finders = [
  findChecks,
  findUniques,
  findStatements('trigger', /create or replace trigger (\w+)[^;]*;/g, () => ''),
  findStatements('revoke', /revoke execute on function ([\w.]+) from public;/g, () => ''),
  findStatements('order', /\n\s+order by (?:[mlodtr]\.\w+_id|t\.id)(?=\n\s+(?:loop|limit|for update))/g, () => ''),
  findStatements('order', / order by t\.id\)/g, () => ')'),
  findStatements('lock', /\n\s+for (?:no key )?update(?: skip locked)?(?=[;\n])/g, () => ''),
  // The transaction's start instead of the moment after the lock.
  findStatements('clock', /moment(?: timestamptz)? := venuekit\.clock\(\)/g, match =>
    match[0].replace('venuekit.clock()', "now() - interval '1 hour'"),
  ),
]

const collect = async (): Promise<Mutant[]> => {
  const found: Mutant[] = []
  for (const folder of ['migrations', 'functions']) {
    for (const name of (await readdir(join(source, folder))).sort()) {
      const file = join(folder, name)
      const sql = await readFile(join(source, file), 'utf8')
      for (const find of finders) found.push(...find(file, sql))
    }
  }
  return found
}

const isShort = ({ name }: Mutant, index: number, all: Mutant[]): boolean =>
  /capacity|quantities|journal_append_only|order_transition|one_ticket|one_applied/.test(name) ||
  all.findIndex(({ kind }) => kind === all[index]?.kind) === index

/** True where the tests pass in spite of it. */
const survives = (folder: string, files: string[]): Promise<boolean> =>
  new Promise(resolve => {
    const run = spawn(
      'npx',
      [
        '-y',
        'pnpm@12',
        'exec',
        'vitest',
        'run',
        '--bail=1',
        '--project=unit',
        '--project=schedules',
        '--project=postgres',
        ...files,
      ],
      {
        cwd: root,
        stdio: 'ignore',
        env: {
          ...process.env,
          VENUEKIT_SQL: pathToFileURL(`${folder}/`).href,
          VENUEKIT_RUNS: '200',
          VENUEKIT_SEED: '1',
        },
      },
    )
    run.once('exit', code => resolve(code === 0))
  })

const tryMutant = async ({ file, from, to }: Mutant): Promise<boolean> => {
  const folder = await mkdtemp(join(tmpdir(), 'venuekit-mutant-'))
  try {
    await cp(source, folder, { recursive: true })
    const text = await readFile(join(folder, file), 'utf8')
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`)
    await writeFile(
      join(folder, file),
      text.replace(from, () => to),
    )
    return (await survives(folder, suites)) && (await survives(folder, schedules))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
})
const all = await collect()
const chosen = values.only
  ? all.filter(({ name }) => name.includes(values.only ?? ''))
  : values.full
    ? all
    : all.filter(isShort)
const survivors: string[] = []
console.log(`${chosen.length} of ${all.length} guards, from ${relative(root, source)}`)
for (const mutant of chosen) {
  const label = `${mutant.kind} ${mutant.name} (${mutant.file})`
  if (values.list) {
    console.log(label)
    continue
  }
  const survived = await tryMutant(mutant)
  console.log(`${survived ? 'SURVIVED' : 'killed  '} ${label}`)
  if (survived) survivors.push(label)
}
if (survivors.length > 0) {
  console.error(`\nNo test misses these:\n${survivors.join('\n')}`)
  process.exitCode = 1
}
