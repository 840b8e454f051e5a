import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import type { TestPostgres } from '../packages/server-kit/src/testing/testPostgres.ts'
import { withPostgres } from './load/withPostgres.ts'
import { countReached } from './node/countReached.ts'
import { createVenue } from './ticketing/benchShop.ts'

const program = fileURLToPath(new URL('./node/nodeHost.ts', import.meta.url))

interface Stage {
  apiUrl: string
  key: string
  origin: string
  eventId: string
  freeId: string
  goneId: string
  feedId: string
}

/** An event with a free tier and one that is sold out, and a feed with a hundred posts. */
const openStage = async (postgres: TestPostgres) => {
  const place = await postgres.createDatabase()
  const database = place.open()
  const { venueId, key, origin } = await createVenue(database)
  const [eventId, freeId, goneId, feedId] = Array.from({ length: 4 }, () => crypto.randomUUID())
  const tiers = [
    { id: freeId ?? '', name: 'Guest list', priceMinor: 0, capacity: 10_000_000 },
    { id: goneId ?? '', name: 'Front row', priceMinor: 0, capacity: 0 },
  ]
  const event = { id: eventId ?? '', venueId, name: 'Late Set', startsAt: '2999-01-01T00:00:00.000Z', timeZone: 'UTC' }
  await database.call('ticketing.create_event', {
    event_id: event.id,
    event: { ...event, currency: 'USD', tiers },
  })
  await database.call('feed.create_feed', { feed_id: feedId ?? '', venue_id: venueId, name: 'Talk' })
  await database.close()
  return { appUrl: place.appUrl, stage: { key, origin, eventId, freeId, goneId, feedId } }
}

/** The host in a process of its own, as it would be; `end` stops it. */
const startHost = async (databaseUrl: string) => {
  const child = spawn(process.execPath, ['--conditions=@venuekit/source', program, databaseUrl], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [port] = await once(createInterface(child.stdout), 'line')
  return {
    apiUrl: `http://127.0.0.1:${port}`,
    async end() {
      child.stdin.end()
      await once(child, 'exit')
    },
  }
}

type Load = Omit<autocannon.Options, 'url'> & { url: string }

const loads = (stage: Stage): Record<string, Load> => {
  const { apiUrl, key, eventId, freeId, goneId, feedId, origin } = stage
  const eventUrl = `${apiUrl}/v1/events/${eventId}?key=${key}`
  const headers = { origin, 'venuekit-key': key, 'content-type': 'application/json' }
  const fresh = (body: () => unknown, idempotent = true): autocannon.Request[] => [
    {
      method: 'POST',
      setupRequest: request => ({
        ...request,
        headers: { ...request.headers, ...(idempotent && { 'idempotency-key': crypto.randomUUID() }) },
        body: JSON.stringify(body()),
      }),
    },
  ]
  const order = (tierId: string) => () => ({
    eventId,
    items: [{ tierId, quantity: 1 }],
    buyer: { name: 'Ada Lovelace', email: 'ada@example.com' },
    returnUrl: `${origin}/tickets`,
  })
  return {
    'event, read': { url: eventUrl },
    'posts, a page of 20': { url: `${apiUrl}/v1/feeds/${feedId}/posts?key=${key}` },
    'order of a free place, fulfilled': { url: `${apiUrl}/v1/orders`, headers, requests: fresh(order(freeId)) },
    'order, sold out': { url: `${apiUrl}/v1/orders`, headers, requests: fresh(order(goneId)) },
    post: {
      url: `${apiUrl}/v1/feeds/${feedId}/posts`,
      headers: { ...headers, authorization: 'Bearer viewer:ada' },
      requests: fresh(() => ({ clientId: crypto.randomUUID(), text: 'One of many posts of this evening.' }), false),
    },
  }
}

const whole = (number: number) => Math.round(number).toLocaleString('en').padStart(8)

const measure = async (postgres: TestPostgres, seconds: number): Promise<void> => {
  const { appUrl, stage } = await openStage(postgres)
  const host = await startHost(appUrl)
  const loaded = { ...stage, apiUrl: host.apiUrl } as Stage
  console.log(`32 connections, ${seconds} s each; client, node and Postgres on this machine`)
  console.log(`${''.padEnd(34)}       /s   median      p99  other than 2xx`)
  for (const [name, load] of Object.entries(loads(loaded))) {
    await autocannon({ ...load, connections: 32, duration: 1 })
    const { requests, latency, non2xx, errors } = await autocannon({ ...load, connections: 32, duration: seconds })
    const rest = `${non2xx}${errors > 0 ? `, ${errors} failed` : ''}`
    console.log(
      `${name.padEnd(34)} ${whole(requests.average)} ${whole(latency.p50)} ms ${whole(latency.p99)} ms  ${rest}`,
    )
  }
  for (const streams of [100, 1000]) {
    const { reached, medianMs, lastMs } = await countReached(loaded, streams)
    console.log(
      `a post on ${String(streams).padStart(5)} live streams: ${reached} told, median ${medianMs} ms, the last ${lastMs} ms`,
    )
  }
  await host.end()
}

/** What one node serves over HTTP, with everything on one machine: a floor for what a node of its own does. */
export const run = (args: string[]): Promise<void> =>
  withPostgres({ fsync: true }, postgres => measure(postgres, args.includes('--quick') ? 1 : 8))
