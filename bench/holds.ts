import type { SqlFunctionName } from '../packages/server-kit/src/ports/database.ts'
import type { TestPostgres } from '../packages/server-kit/src/testing/testPostgres.ts'
import { wireDatabase } from './load/wireDatabase.ts'
import { withPostgres } from './load/withPostgres.ts'
import { type BenchShop, createVenue, openShop, reserve } from './ticketing/benchShop.ts'
import { clients, inTurns, medianOf, rateFor, ratioOf } from './ticketing/rounds.ts'

const rounds = 30
const roundMs = 400

const bareUpdate = ({ eventId, tierId }: BenchShop): string => `
create function venuekit.bare_update() returns jsonb language sql volatile as $$
  update ticketing.tier_inventory set capacity = capacity + 1
  where event_id = '${eventId}' and tier_id = '${tierId}' returning 'true'::jsonb
$$;
alter function venuekit.bare_update security definer;
grant execute on function venuekit.bare_update to venuekit_app`

const whole = (number: number): string => Math.round(number).toLocaleString('en')

const compare = async (postgres: TestPostgres): Promise<void> => {
  const place = await postgres.createDatabase()
  const owner = place.open()
  const { venueId } = await createVenue(owner)
  const shop = await openShop(owner, venueId)
  await postgres.run(bareUpdate(shop), place.name)
  await owner.close()

  const database = await wireDatabase(place.appUrl, clients)
  const { holds, updates } = await inTurns(
    {
      holds: () => rateFor(() => reserve(database, shop), roundMs),
      updates: () => rateFor(() => database.call('venuekit.bare_update' as SqlFunctionName, {} as never), roundMs),
    },
    rounds,
  )
  await database.close()
  console.log(`${clients} connections; medians of ${rounds} rounds of ${roundMs} ms in turns`)
  console.log(
    `reservations on one hot tier   ${whole(medianOf(holds))}/s (order, line, journal, idempotency, privileges)`,
  )
  console.log(`bare durable update of its row ${whole(medianOf(updates))}/s`)
  console.log(`ratio ${ratioOf(holds, updates).toFixed(2)} x`)
}

/** Reservations on one hot tier beside a bare durable UPDATE of the same row, through the same driver. */
export const run = (): Promise<void> => withPostgres({ fsync: true }, compare)
