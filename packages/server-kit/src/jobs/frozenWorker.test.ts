import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createServerKit, type ServerKit } from '../createServerKit.ts'
import type { PaymentGateway } from '../ports/gateway.ts'
import type { Mail } from '../ports/messages.ts'
import { checkInvariants } from '../testing/checkInvariants.ts'
import { createOrderDesk, type OrderDesk } from '../testing/orderDesk.ts'
import { newTier, startTestKit, type TestKit } from '../testing/startTestKit.ts'
import { testSecrets } from '../testing/testSecrets.ts'

let stage: TestKit
let desk: OrderDesk
beforeAll(async () => {
  stage = await startTestKit({}, { webhookUrl: '' })
  desk = createOrderDesk(stage.call, `${stage.venue.origin}/`)
}, 60_000)
afterAll(() => stage.close())
afterEach(() => void vi.useRealTimers())

/** Where a worker stands still until it is let go. */
const createIce = () => {
  let thaw = () => {}
  let freeze = () => {}
  const frozen = new Promise<void>(resolve => {
    freeze = resolve
  })
  const thawed = new Promise<void>(resolve => {
    thaw = resolve
  })
  return {
    frozen,
    thaw,
    async stand() {
      freeze()
      await thawed
    },
  }
}

interface OtherWorker {
  kit: ServerKit
  mails: Mail[]
  logged: string[]
}

/** Another process on the same database, whose calls of the outside world may stand still. */
const startWorker = (change: { gateway?: PaymentGateway; stand?: () => Promise<void> }): OtherWorker => {
  const mails: Mail[] = []
  const logged: string[] = []
  const note = (message: string) => void logged.push(message)
  const kit = createServerKit({
    database: { ...stage.database, close: async () => {} },
    gateway: change.gateway ?? stage.gateway,
    messages: {
      async send(mail) {
        await change.stand?.()
        mails.push(mail)
      },
    },
    log: { info: note, warn: note, error: note },
    secrets: testSecrets,
    timeZone: 'UTC',
    limits: false,
  })
  return { kit, mails, logged }
}

const minutes = (count: number) => stage.twin.control.advance(count * 60_000)
const readRun = async (job: string, slot: string) => {
  const [run] = await stage.database.withOwner(connection =>
    connection.query('select * from venuekit.job_runs where job = $1 and slot = $2', [job, slot]),
  )
  return run
}

test('a worker frozen for minutes while it ends a hold neither releases nor issues anything twice when it wakes', async () => {
  const event = await stage.createEvent({ tiers: [newTier({ capacity: 5 })] })
  const placed = await desk.order(event, 2)
  await minutes(40)
  const ice = createIce()
  const gateway: PaymentGateway = {
    ...stage.gateway,
    async expireSession(sessionId) {
      const session = await stage.gateway.expireSession(sessionId)
      await ice.stand()
      return session
    },
  }
  const frozen = startWorker({ gateway })
  const running = frozen.kit.jobs.run('expire-reservations')
  await ice.frozen
  expect(await stage.kit.jobs.run('expire-reservations')).toMatchObject({ taken: false, reason: 'under_way' })
  await minutes(6)
  expect(await stage.kit.jobs.run('expire-reservations')).toMatchObject({ taken: true, report: { released: 1 } })
  // The places are sold again before the frozen worker wakes.
  const second = await desk.order(event, 5)
  ice.thaw()
  expect(await running).toMatchObject({ taken: true })
  expect((await desk.show(placed)).status).toBe('expired')
  expect((await desk.show(second)).status).toBe('reserved')
  const [counter] = await stage.database.withOwner(connection =>
    connection.query('select reserved, issued from ticketing.tier_inventory where event_id = $1', [event.id]),
  )
  expect(counter).toEqual({ reserved: 5, issued: 0 })
  await stage.database.withOwner(checkInvariants)
})

test('a worker frozen while it sends a mail has not its word about it any more', async () => {
  const ice = createIce()
  const frozen = startWorker({ stand: ice.stand })
  const healthy = startWorker({})
  const event = await stage.createEvent({ tiers: [newTier({ priceMinor: 0 })] })
  await minutes(2)
  // The order's own node is down before it sends what it wrote: only jobs are left.
  await stage.database.withOwner(connection =>
    connection.exec("update venuekit.outbox set status = 'sent' where status = 'waiting'"),
  )
  await desk.order(event)
  await stage.kit.drain()
  await stage.database.withOwner(connection =>
    connection.exec(`update venuekit.outbox set status = 'waiting', sent_at = null, due_at = venuekit.clock()
      where event_id = '${event.id}' and kind = 'tickets'`),
  )
  const running = frozen.kit.jobs.run('send-messages')
  await ice.frozen
  await minutes(5)
  const taken = await healthy.kit.jobs.run('send-messages')
  expect(taken).toMatchObject({ taken: true, report: { sent: 1 } })
  ice.thaw()
  await running
  // A mail may go out twice where nobody can know whether it did: its id lets the sink drop the second.
  expect(frozen.mails.map(({ id }) => id)).toEqual(healthy.mails.map(({ id }) => id))
  const rows = await stage.database.withOwner(connection =>
    connection.query("select status from venuekit.outbox where event_id = $1 and kind = 'tickets'", [event.id]),
  )
  expect(rows).toEqual([{ status: 'sent' }])
})

test('a worker frozen in one period is told to end once the next period has its run, and sends nothing more', async () => {
  const ice = createIce()
  const event = await stage.createEvent({ tiers: [newTier({ priceMinor: 0 })] })
  for (let orders = 0; orders < 3; orders += 1) await desk.order(event)
  await stage.kit.drain()
  await minutes(3)
  await stage.database.withOwner(connection =>
    connection.exec(`update venuekit.outbox set status = 'waiting', sent_at = null, due_at = venuekit.clock()
      where event_id = '${event.id}' and kind = 'tickets'`),
  )
  vi.useFakeTimers({ toFake: ['setInterval'] })
  const frozen = startWorker({ stand: ice.stand })
  const running = frozen.kit.jobs.run('send-messages')
  await ice.frozen
  await minutes(5)
  const healthy = startWorker({})
  expect(await healthy.kit.jobs.run('send-messages')).toMatchObject({ taken: true, report: { sent: 3 } })
  const touches = vi.spyOn(stage.database, 'call')
  vi.advanceTimersByTime(40_000)
  await Promise.all(touches.mock.results.map(({ value }) => value))
  touches.mockRestore()
  ice.thaw()
  // The two that it stood at go out, nothing else does.
  await running
  expect(frozen.mails).toHaveLength(2)
})

test('a daily run that was taken over keeps the record of who took it, and the late one is told in the log', async () => {
  const toNoon = (36 * 3600_000 - (stage.twin.clock.now() % (24 * 3600_000))) % (24 * 3600_000)
  await stage.twin.control.advance(toNoon)
  const ice = createIce()
  const lists: PaymentGateway = {
    ...stage.gateway,
    listSessions(query) {
      const pages = stage.gateway.listSessions(query)
      return (async function* () {
        await ice.stand()
        yield* pages
      })()
    },
  }
  const frozen = startWorker({ gateway: lists })
  const running = frozen.kit.jobs.run('reconcile').catch((error: unknown) => String(error))
  await ice.frozen
  expect(await stage.kit.jobs.run('reconcile')).toMatchObject({ taken: false })
  await minutes(10)
  const taken = await startWorker({}).kit.jobs.run('reconcile')
  if (!taken.taken) throw new Error(taken.reason)
  const before = await readRun('reconcile', taken.slot)
  expect(before).toMatchObject({ failed: false })
  ice.thaw()
  await running
  expect(await readRun('reconcile', taken.slot)).toEqual(before)
  expect(frozen.logged).toContain('a job ended after another worker had taken it over')
}, 60_000)
