import type { MigratableDatabase, OwnerConnection } from '../../src/ports/database.ts'

/** The same database with one connection for the owner that stays open: a new one would plan each check anew. */
export const keepOwner = async (database: MigratableDatabase): Promise<MigratableDatabase> => {
  let end = () => {}
  let held: Promise<void> | undefined
  const connection = await new Promise<OwnerConnection>((resolve, reject) => {
    held = database.withOwner(owner => {
      resolve(owner)
      return new Promise<void>(done => {
        end = done
      })
    })
    held.catch(reject)
  })
  return {
    call: database.call,
    withOwner: work => work(connection),
    async close() {
      end()
      await held
      await database.close()
    },
  }
}
