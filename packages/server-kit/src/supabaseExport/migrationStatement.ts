import type { Migration } from '../migrations/sqlFiles.ts'
import { asOneStatement, asOwner } from './asOneStatement.ts'
import { dollarQuoted, quoted } from './sqlText.ts'

/** Roles, schemas and the record of what was applied: any number of times. */
export const bootstrapStatement = (bootstrap: string): string =>
  asOneStatement({ body: `  execute ${dollarQuoted(bootstrap)};` })

/** One migration and its row, as `migrate()` leaves them; nothing where that was done already. */
export const migrationStatement = ({ number, name, checksum, sql }: Migration): string =>
  asOneStatement({
    body: `${asOwner}
  insert into venuekit.migrations (number, name, checksum, applied_at)
  values (${number}, ${quoted(name)}, ${quoted(checksum)}, clock_timestamp()) on conflict (number) do nothing;
  if found then
    execute ${dollarQuoted(sql)};
  elsif not exists (select from venuekit.migrations m where m.number = ${number} and m.checksum = ${quoted(checksum)}) then
    raise exception using message = ${quoted(`Migration ${name} was applied in another wording than this release has`)},
      hint = 'Export the migrations with the release that made this database, or a newer one.';
  end if;`,
  })
