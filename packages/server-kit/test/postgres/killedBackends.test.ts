import { expect, test } from 'vitest'
import type { MigratableDatabase } from '../../src/ports/database.ts'
import { DatabaseError } from '../../src/ports/databaseError.ts'
import { checkInvariants } from '../../src/testing/checkInvariants.ts'
import { startTestPostgres } from '../../src/testing/startTestPostgres.ts'
import { openTestShop } from '../../src/testing/testShop.ts'

const orders = 40

/** Until it is answered: what an impatient gateway does with its webhook. Answers the outcome that was heard. */
const insist = async (work: () => Promise<{ outcome: string }>): Promise<string> => {
  const begun = performance.now()
  for (;;) {
    try {
      return (await work()).outcome
    } catch (error) {
      const isAway = error instanceof DatabaseError && error.kind === 'unavailable'
      if (!isAway || performance.now() - begun > 60_000) throw error
      await new Promise(resolve => setTimeout(resolve, 10))
    }
  }
}

const checkOut = async (database: MigratableDatabase) => {
  const shop = await openTestShop(database, { tiers: [{ capacity: 500 }] })
  const held = []
  for (let count = 0; count < orders; count += 1) {
    const orderId = await shop.hold()
    held.push({ orderId, ...(await shop.checkout(orderId)) })
  }
  return { shop, held }
}

const expectAllOnce = async ({ shop }: Awaited<ReturnType<typeof checkOut>>, database: MigratableDatabase) => {
  const [rows] = await shop.query(
    `select count(*)::int as tickets, count(distinct order_id)::int as orders,
       (select count(*)::int from ticketing.payments) as payments,
       (select count(*)::int from venuekit.outbox where kind = 'tickets') as mails
     from ticketing.tickets where status = 'valid'`,
  )
  expect(rows).toEqual({ tickets: orders, orders, payments: orders, mails: orders })
  await database.withOwner(checkInvariants)
}

test('backends that are terminated in mid-issuance, again and again: each order is issued once', async () => {
  const postgres = await startTestPostgres()
  const place = await postgres.createDatabase()
  const database = place.open({ poolSize: 8 })
  let killing = true
  let killed = 0
  let killer = Promise.resolve()
  try {
    const stage = await checkOut(database)
    // A breath between the kills: on a quick machine an unbroken row of them lets no call through at all.
    killer = (async () => {
      while (killing && killed < 100) {
        await new Promise(resolve => setTimeout(resolve, 15))
        const rows = await postgres.run(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = '${place.name}' and state = 'active' and pid <> pg_backend_pid() limit 3`,
        )
        killed += rows.length
      }
    })()
    // Longer where the killer was late.
    for (let round = 0; round < 3 || (killed === 0 && round < 100); round += 1) {
      const work = stage.held.map(({ orderId, sessionId }) =>
        insist(() => stage.shop.complete(orderId, stage.shop.payment(sessionId))),
      )
      for (const outcome of await Promise.all(work)) expect(['issued', 'replayed']).toContain(outcome)
    }
    killing = false
    await killer
    expect(killed).toBeGreaterThan(0)
    await expectAllOnce(stage, database)
  } finally {
    killing = false
    await killer.catch(() => {})
    await database.close()
    await postgres.stop()
  }
})

test('kill -9 of the whole server while tickets are being issued: what was heard is there, the rest comes when asked again', async () => {
  const postgres = await startTestPostgres()
  const place = await postgres.createDatabase()
  const database = place.open({ poolSize: 8 })
  try {
    const stage = await checkOut(database)
    const heard = new Set<string>()
    const work = stage.held.map(async ({ orderId, sessionId }, index) => {
      const outcome = await insist(() => stage.shop.complete(orderId, stage.shop.payment(sessionId)))
      expect(['issued', 'replayed']).toContain(outcome)
      heard.add(orderId)
      if (index !== 10) return
      const before = [...heard]
      await postgres.kill9()
      await postgres.restart()
      const rows = await postgres.run("select order_id from ticketing.tickets where status = 'valid'", place.name)
      expect(rows.map(row => row.order_id)).toEqual(expect.arrayContaining(before))
    })
    await Promise.all(work)
    await expectAllOnce(stage, database)
  } finally {
    await database.close()
    await postgres.stop()
  }
})
