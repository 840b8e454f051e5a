import type { MigratableDatabase } from '../ports/database.ts'

/** The one time of a test: the database judges by it, and the twin and Node read it from here. */
export interface TestClock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Stops the clock at this moment. */
  set(moment: string | number | Date): Promise<void>
  /** Moves the clock, stopped or running, by this many milliseconds. */
  advance(milliseconds: number): Promise<void>
  /** Back to the machine's time. */
  reset(): Promise<void>
}

const install = `
begin;
set local role venuekit_owner;
create table if not exists venuekit.test_clock (
  only_row boolean primary key default true check (only_row), stopped_at timestamptz, ahead interval not null
);
insert into venuekit.test_clock (stopped_at, ahead) values (null, '0') on conflict (only_row) do nothing;
create or replace function venuekit.clock() returns timestamptz
language sql volatile security definer set search_path = ''
as $$
  select coalesce(c.stopped_at, pg_catalog.clock_timestamp() + c.ahead) from venuekit.test_clock c
$$;
commit;`

/**
 * Replaces `venuekit.clock()` of a migrated database by one that a test moves. It runs with the machine until `set`
 * stops it. Never for a database that sells.
 */
export const testClock = async (database: MigratableDatabase): Promise<TestClock> => {
  let stoppedAt: number | null = null
  let ahead = 0
  await database.withOwner(connection => connection.exec(install))
  const store = (): Promise<void> =>
    database.withOwner(async connection => {
      await connection.query(
        `update venuekit.test_clock
         set stopped_at = to_timestamp($1::float8 / 1000), ahead = $2::float8 * interval '1 millisecond'`,
        [stoppedAt, ahead],
      )
    })
  return {
    now: () => stoppedAt ?? Date.now() + ahead,
    set(moment) {
      stoppedAt = new Date(moment).getTime()
      return store()
    },
    advance(milliseconds) {
      if (stoppedAt === null) ahead += milliseconds
      else stoppedAt += milliseconds
      return store()
    },
    reset() {
      stoppedAt = null
      ahead = 0
      return store()
    },
  }
}
