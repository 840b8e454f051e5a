import type { MigratableDatabase } from '../ports/database.ts'

/** From now on nothing can be written for the event to that table. Answers what mends it. */
export const damageEvent = async (
  database: MigratableDatabase,
  table: string,
  eventId: string,
): Promise<() => Promise<void>> => {
  const run = (sql: string) => database.withOwner(connection => connection.query(sql))
  await run(`
    create function public.refuse_event() returns trigger language plpgsql as
    $$ begin raise exception 'this event is damaged'; end $$`)
  await run(`
    create trigger refuse_event before insert or update on ${table}
    for each row when (new.event_id = '${eventId}') execute function public.refuse_event()`)
  return async () => {
    await run(`drop trigger refuse_event on ${table}`)
    await run('drop function public.refuse_event()')
  }
}
