import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Guard, GuardKind } from './guard.ts'

interface Place {
  /** Left out where the file's own name says enough. */
  name?: string | undefined
  start: number
  end: number
  instead?: string
}

type Finder = (sql: string) => Place[]

/** The end of the bracket that opens at `start`. */
const closing = (text: string, start: number): number => {
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    if (text[at] === ')') depth -= 1
    if (depth === 0) return at + 1
  }
  return text.length
}

const findAll =
  (pattern: RegExp, instead: (match: RegExpExecArray) => string = () => ''): Finder =>
  sql =>
    [...sql.matchAll(pattern)].map(match => ({
      name: match.groups?.name,
      start: match.index,
      end: match.index + match[0].length,
      instead: instead(match),
    }))

/** A check becomes one that holds always: its name stays, so that no statement about it breaks. */
const findChecks: Finder = sql =>
  [...sql.matchAll(/constraint (\w+)\s+check (?=\()/g)].map(match => {
    const start = match.index + match[0].length
    return { name: match[1], start, end: closing(sql, start), instead: '(true)' }
  })

const clauseEnds = /^(?:[;)]|\n\$\$|\s+(?:loop|limit|on conflict|returning|for (?:no key )?update)\b)/

/** What `within group` orders by is what it asks for. */
const findOrders: Finder = sql =>
  [...sql.matchAll(/(?:\s+|(?<=\())(?<!within group \(\s*)order by (?!random\(\))/g)].map(({ index }) => {
    let end = index + 1
    while (end < sql.length && !clauseEnds.test(sql.slice(end, end + 40))) {
      end = sql[end] === '(' ? closing(sql, end) : end + 1
    }
    return { start: index, end, instead: sql[index - 1] === '(' ? '' : ' ' }
  })

/** The clock read at the begin of the function, which is before it waits for its lock. */
const findLateClocks: Finder = sql => {
  const declared = sql.indexOf('moment timestamptz;')
  const read = '  moment := venuekit.clock();\n'
  const start = sql.indexOf(read)
  if (declared < 0 || start < 0 || !/for (?:no key )?update/.test(sql.slice(0, start))) return []
  const between = sql.slice(declared + 'moment timestamptz;'.length, start)
  const instead = `moment timestamptz := venuekit.clock();${between}`
  return [{ start: declared, end: start + read.length, instead }]
}

const finders: Record<GuardKind, Finder> = {
  check: findChecks,
  unique: sql => [
    ...findAll(/create unique index (?<name>\w+)/g, match => match[0].replace('unique ', ''))(sql),
    ...findAll(/,\n\s+constraint (?<name>\w+) unique \([^)]*\)/g)(sql),
  ],
  key: sql => [
    ...findAll(/,\n\s+constraint (?<name>\w+) primary key \([^)]*\)/g)(sql),
    ...findAll(/ constraint (?<name>\w+) primary key\b(?! \()/g)(sql),
  ],
  reference: sql => [
    ...findAll(/,\n\s+constraint (?<name>\w+) foreign key \([^)]*\) references [\w.]+/g)(sql),
    ...findAll(/ constraint (?<name>\w+) references [\w.]+(?: on delete cascade)?/g)(sql),
  ],
  trigger: findAll(/create or replace trigger (?<name>\w+)[^;]*;/g),
  rule: findAll(/raise exception [^;]*?(?:constraint = '(?<name>\w+)')?;/g, () => 'null;'),
  room: findAll(/\n\s+and (?:i\.reserved[^;]*?<= i\.capacity|\(part\.reserved[^;]*?<= i\.capacity\))/g),
  revoke: findAll(/revoke execute on function [\w.]+ from public;/g),
  definer: findAll(/ security definer/g),
  path: findAll(/ set search_path = ''/g),
  patience: findAll(/ set lock_timeout = '3s'/g),
  durable: findAll(/\n\s+perform venuekit\.commit_durably\(\);/g),
  lock: sql => [
    ...findAll(/\s+for (?:no key )?update(?: of \w+)?(?: skip locked)?(?=\s*[;\n])/g)(sql),
    ...findAll(/\n\s+perform pg_advisory_xact_lock\(\w+\);/g)(sql),
  ],
  skip: findAll(/ skip locked/g),
  order: findOrders,
  clock: findAll(/venuekit\.clock\(\)(?! returns)/g, () => "(venuekit.clock() - interval '1 day')"),
  'clock after lock': findLateClocks,
}

const findIn = (file: string, sql: string): Guard[] => {
  const owner = file.replace(/^.*\/|\.sql$/g, '')
  return Object.entries(finders).flatMap(([kind, find]) =>
    find(sql)
      .filter(({ start }) => !sql.slice(sql.lastIndexOf('\n', start) + 1, start).startsWith('--'))
      .map(({ name, start, end, instead = '' }, index, { length }) => ({
        kind: kind as GuardKind,
        name: name ?? (length > 1 ? `${owner} (${index + 1})` : owner),
        file,
        start,
        end,
        instead,
      })),
  )
}

/** Every guard in the SQL below `folder`. */
export const findGuards = async (folder: string): Promise<Guard[]> => {
  const found: Guard[] = []
  for (const part of ['migrations', 'functions']) {
    for (const name of (await readdir(join(folder, part))).sort()) {
      const file = `${part}/${name}`
      found.push(...findIn(file, await readFile(join(folder, file), 'utf8')))
    }
  }
  return found
}
