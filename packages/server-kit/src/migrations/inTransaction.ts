import type { OwnerConnection } from '../ports/database.ts'

/** Runs `work` in a transaction: all of it stays, or nothing. */
export const inTransaction = async <Result>(
  connection: OwnerConnection,
  work: () => Promise<Result>,
): Promise<Result> => {
  await connection.exec('begin')
  try {
    const result = await work()
    await connection.exec('commit')
    return result
  } catch (error) {
    // The first error tells what happened; a rollback on a broken connection only tells that it is broken.
    await connection.exec('rollback').catch(() => {})
    throw error
  }
}

/** In one transaction as the role that owns the schemas, every name qualified. */
export const asOwner = <Result>(connection: OwnerConnection, work: () => Promise<Result>): Promise<Result> =>
  inTransaction(connection, async () => {
    await connection.exec("set local role venuekit_owner; set local search_path = ''")
    return work()
  })
