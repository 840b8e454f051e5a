import { ConfigurationError } from '../../configurationError.ts'
import type { GatewayEndpoint } from '../../ports/gatewayInspection.ts'
import type { KitContext } from '../../services/kitContext.ts'
import { type Check, orWell, problem, type Verdict } from '../check.ts'

export interface KeyFacts {
  account: string
  mode: 'live' | 'test'
  publishableKey: string | null
  /** What was sold by so far; null where the tables cannot be read. */
  sold: { account: string; mode: 'live' | 'test' }[] | null
}

const modeOf = (key: string): 'live' | 'test' => (/^pk_live_/.test(key) ? 'live' : 'test')

/** Test and live do not mix: neither in keys nor in what one database has sold. */
export const judgeKeys = ({ account, mode, publishableKey, sold }: KeyFacts): Verdict[] => {
  const found: Verdict[] = []
  if (publishableKey !== null && modeOf(publishableKey) !== mode) {
    found.push(problem(`The publishable key is no ${mode} key, and the secret one is.`, 'take both of one mode'))
  }
  for (const other of sold ?? []) {
    if (other.mode !== mode) {
      found.push(
        problem(
          `This database has sold in ${other.mode} mode, and the key is a ${mode} key.`,
          'one database for each mode: orders of the other one can be neither paid nor refunded',
        ),
      )
    } else if (other.account !== account) {
      found.push(
        problem(
          `This database has sold by the account ${other.account}, and the key is of ${account}.`,
          'take the key of that account: its payments cannot be refunded by another one',
        ),
      )
    }
  }
  return orWell(
    found,
    `All keys are ${mode} keys of ${account}${sold === null || sold.length === 0 ? '' : ', as what was sold'}.`,
  )
}

const readSold = `select distinct a.account, a.mode from ticketing.attempts a`

/** Keys of tickets that do not fit together: with them a host sells, and can show no ticket. */
const ticketKeyFaults = async ({ ticketCodes }: KitContext): Promise<Verdict[]> => {
  try {
    await ticketCodes.publicKeys()
    return []
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return error.faults.map(fault => problem(`${fault}.`, 'no ticket can be shown or scanned until then'))
  }
}

export const keysCheck: Check = {
  name: 'keys',
  async examine({ context, database }) {
    // By itself: it is told of a database that cannot be read, too.
    const faults = await ticketKeyFaults(context)
    if (faults.length > 0) return faults
    const { account, mode, publishableKey } = context.gateway
    const sold = database
      ? await database.withOwner(connection =>
          connection.query<Pick<GatewayEndpoint, 'mode'> & { account: string }>(readSold),
        )
      : null
    return judgeKeys({ account, mode, publishableKey, sold })
  },
}
