import { createServerKit, makeTicketKey, memoryMessages } from '@venuekit/server-kit'
import { pgDatabase } from '@venuekit/server-kit/pg'
import { stripeGateway } from '@venuekit/server-kit/stripe'
import { startStripeTwin, startTestPostgres } from '@venuekit/server-kit/testing'
import { PgBoss } from 'pg-boss'
import { queueOf, runJobs } from './runJobs.ts'

// A Postgres and a Stripe for this program alone; yours are elsewhere.
await using ending = new AsyncDisposableStack()
const postgres = await startTestPostgres()
ending.defer(() => postgres.stop())
const { appUrl, adminUrl } = await postgres.createDatabase()
const twin = await startStripeTwin({ webhookUrl: '' })
ending.defer(() => twin.close())

const madeUp = () => crypto.randomUUID() + crypto.randomUUID()
const messages = memoryMessages()
const kit = createServerKit({
  database: pgDatabase({ connectionString: appUrl }),
  gateway: stripeGateway({
    secretKey: twin.secretKey,
    webhookSecrets: [twin.webhookSecret],
    account: twin.account,
    apiBase: twin.url,
  }),
  messages,
  secrets: {
    orderTokenKeys: [{ id: '1', secret: madeUp() }],
    ticketKeys: [(await makeTicketKey()).privateKey],
    adminKeys: [],
    jobs: madeUp(),
  },
  timeZone: 'America/Chicago',
})
ending.defer(() => kit.close())

// The host's own pg-boss, in a schema of its own in the same database or in any other.
const boss = new PgBoss({ connectionString: adminUrl, schema: 'pgboss' })
boss.on('error', error => console.error(error))
await boss.start()
ending.defer(() => boss.stop({ graceful: true }))
await runJobs(boss, kit)

const schedules = await boss.getSchedules()
console.log(`${schedules.length} queues ask each minute: ${schedules.map(({ name }) => name).join(', ')}`)
// Not to wait for the minute: what its tick would send.
for (const job of kit.jobs.names) await boss.send(queueOf(job), {})
for (let left = true; left; ) {
  await new Promise(resolve => setTimeout(resolve, 250))
  left = (await kit.jobs.list()).some(({ slot, lastRun }) => slot !== null && !lastRun?.finishedAt)
}
for (const { job, lastRun, slot } of await kit.jobs.list()) {
  if (lastRun) console.log(`${job} ran in slot ${lastRun.slot}${lastRun.failed ? ' and failed' : ''}`)
  else console.log(`${job} waits${slot === null ? ' for its hour' : ''}`)
}
