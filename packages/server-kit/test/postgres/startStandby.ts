import { chownSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import pg from 'pg'
import { startPostgresProcess } from '../../src/testing/postgresProcess.ts'
import { findPostgresProgram, type PostgresUser } from '../../src/testing/postgresProgram.ts'
import type { TestPostgres } from '../../src/testing/testPostgres.ts'

export interface Standby {
  port: number
  stop(): Promise<void>
}

const freePort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

const giveTo = (user: PostgresUser | null, folder: string): void => {
  if (!user) return
  chownSync(folder, user.uid, user.gid)
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    chownSync(join(folder, name), user.uid, user.gid)
  }
}

/** A base backup of a server that runs; its log comes from the primary itself. */
const backUp = async (primary: TestPostgres, folder: string): Promise<void> => {
  const client = new pg.Client({ connectionString: primary.adminUrl() })
  await client.connect()
  try {
    const { rows } = await client.query<{ source: string }>(
      "select current_setting('data_directory') as source from pg_backup_start('standby', true)",
    )
    const source = rows[0]?.source ?? ''
    cpSync(source, folder, {
      recursive: true,
      filter: path =>
        !basename(path).startsWith('postmaster.') && !/^[0-9A-F]{24}$/.test(basename(path)) && !/pgsql_tmp/.test(path),
    })
    const stopped = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop(false)')
    writeFileSync(join(folder, 'backup_label'), stopped.rows[0]?.labelfile ?? '')
  } finally {
    await client.end()
  }
}

/** A streaming replica of a test's Postgres, on a port of its own. Stop it before the primary. */
export const startStandby = async (primary: TestPostgres): Promise<Standby> => {
  const program = await findPostgresProgram()
  const folder = mkdtempSync(join(tmpdir(), 'venuekit-postgres-standby-'))
  await backUp(primary, folder)
  writeFileSync(join(folder, 'standby.signal'), '')
  giveTo(program.user, folder)
  const port = await freePort()
  const { hostname, port: primaryPort, username } = new URL(primary.adminUrl())
  const flags = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `primary_conninfo=host=${hostname} port=${primaryPort} user=${username}`,
  ]
  const server = await startPostgresProcess(program, { folder, port, flags })
  return {
    port,
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
