import type { AddCommand } from '../command.ts'
import { addSqlCron } from './sqlCron.ts'
import { addSqlExport } from './sqlExport.ts'

/** `venuekit sql …` */
export const addSql: AddCommand = (program, cli) => {
  const sql = program.command('sql').description('the database as text, for other tools')
  for (const add of [addSqlExport, addSqlCron]) add(sql, cli)
}
