import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { migrate } from '../../src/migrations/migrate.ts'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'
import { openTestShop } from '../../src/testing/testShop.ts'
import { testSqlFiles } from '../../src/testing/testSqlFiles.ts'

/**
 * A stand-in for the extension of that name: the functions and the catalogue that our migrations ask of it, which keep
 * what they were told. It refuses what the real one would of the order. It shards nothing.
 */
const citus = `
set allow_system_table_mods = on;
create schema citus;
grant usage on schema citus to public;
create type citus.distribution_type as enum ('hash', 'range', 'append');
create table citus.calls (number integer generated always as identity, relation regclass, on_column text, colocated_with text,
  modify_mode text);
create table pg_catalog.pg_dist_partition (logicalrelid regclass primary key);
grant select on pg_catalog.pg_dist_partition to public;
create function pg_catalog.create_distributed_table(
  table_name regclass, distribution_column text, distribution_type citus.distribution_type default 'hash',
  colocate_with text default 'default', shard_count integer default null
) returns void language plpgsql security definer as $$
begin
  if exists (select from pg_catalog.pg_dist_partition where logicalrelid = table_name) then
    raise exception 'table % is already distributed', table_name;
  end if;
  if colocate_with <> 'none' and not exists (
    select from pg_catalog.pg_dist_partition where logicalrelid = colocate_with::regclass
  ) then
    raise exception '% is not distributed', colocate_with;
  end if;
  if exists (
    select from pg_constraint k where k.conrelid = table_name and k.contype = 'f' and k.confrelid <> table_name
      and not exists (select from pg_catalog.pg_dist_partition where logicalrelid = k.confrelid)
  ) then
    raise exception 'a foreign key of % names a table that is not distributed', table_name;
  end if;
  if coalesce(current_setting('citus.enable_unsafe_triggers', true), '') <> 'on'
    and exists (select from pg_trigger where tgrelid = table_name and not tgisinternal) then
    raise exception '% has triggers', table_name;
  end if;
  insert into pg_catalog.pg_dist_partition values (table_name);
  insert into citus.calls (relation, on_column, colocated_with, modify_mode)
  values (table_name, distribution_column, colocate_with, current_setting('citus.multi_shard_modify_mode', true));
end $$;`

let postgres: TestPostgres
let cluster: MigratableDatabase
const query = <Row>(sql: string): Promise<Row[]> => cluster.withOwner(connection => connection.query<Row>(sql))

beforeAll(async () => {
  postgres = await startTestPostgres()
  // Makes the login that calls come from.
  await postgres.createDatabase()
  const place = await postgres.createDatabase({ migrated: false })
  cluster = place.open()
  await cluster.withOwner(connection => connection.exec(citus))
  await migrate(cluster, await testSqlFiles())
})
afterAll(async () => {
  await cluster.close()
  await postgres.stop()
})

test('every table of ticketing is distributed by its event, beside the others, and no other table is', async () => {
  const calls = await query<{ name: string; column: string; beside: string; mode: string }>(
    `select relation::text as name, on_column as column, colocated_with as beside, modify_mode as mode
     from citus.calls order by number`,
  )
  const tables = await query<{ name: string }>(
    "select c.oid::regclass::text as name from pg_class c where c.relnamespace = 'ticketing'::regnamespace and c.relkind in ('r', 'p')",
  )
  expect(calls.map(({ name }) => name).sort()).toEqual(tables.map(({ name }) => name).sort())
  expect(calls[0]).toEqual({ name: 'ticketing.events', column: 'event_id', beside: 'none', mode: 'sequential' })
  for (const call of calls.slice(1)) {
    expect(call).toMatchObject({ column: 'event_id', beside: 'ticketing.events', mode: 'sequential' })
  }
})

test('a table is distributed once, and what is there is left alone', async () => {
  expect(await query("select venuekit.distribute('ticketing.orders') as done")).toEqual([{ done: true }])
  expect(await query("select from citus.calls where relation = 'ticketing.orders'::regclass")).toHaveLength(1)
})

test('the functions sell there as anywhere', async () => {
  const shop = await openTestShop(cluster, { tiers: [{ priceMinor: 0 }] })
  expect(await shop.complete(await shop.hold(), null, { kind: 'free' })).toMatchObject({ outcome: 'issued' })
  expect(await shop.imbalances()).toEqual([])
})

/** The block of the page that holds these words. */
const blockOf = async (words: string): Promise<string> => {
  const page = await readFile(new URL('../../../../docs/scale.md', import.meta.url), 'utf8')
  const block = [...page.matchAll(/```sql\n([\s\S]*?)```/g)]
    .map(([, sql]) => sql ?? '')
    .find(sql => sql.includes(words))
  if (block === undefined) throw new Error(`docs/scale.md has no block about ${words}`)
  return block
}

test('a database that sells already is distributed by the words of the documentation', async () => {
  const late = (await postgres.createDatabase()).open()
  const made = await late.withOwner(async connection => {
    await connection.exec(citus)
    const block = await blockOf('from pg_class c')
    await expect(connection.exec(block)).rejects.toThrow('has triggers')
    await connection.exec("set citus.enable_unsafe_triggers = 'on'")
    await connection.exec(block)
    await connection.exec('reset role')
    return connection.query(
      `select c.relname from pg_class c where c.relnamespace = 'ticketing'::regnamespace and c.relkind = 'r'
       and not exists (select from pg_dist_partition p where p.logicalrelid = c.oid)`,
    )
  })
  expect(made).toEqual([])
  await late.close()
})
