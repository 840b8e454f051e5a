import { type Check, orWell, problem, type Verdict, warning } from '../check.ts'

/** Milliseconds that another clock is ahead of this machine's; null where it was not asked. */
interface ClockFacts {
  databaseMs: number
  gatewayMs: number | null
}

const noticedMs = 5000
/** Webhooks older or younger than 300 s are refused; a session that ends too soon, too. */
const harmfulMs = 60_000

const judgeOne = (name: string, skewMs: number): Verdict[] => {
  const seconds = Math.round(Math.abs(skewMs) / 1000)
  const says = `${name} is ${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} this machine.`
  const mend = 'set the clocks by NTP: holds, webhooks and daily jobs depend on them'
  if (Math.abs(skewMs) > harmfulMs) return [problem(says, mend)]
  return Math.abs(skewMs) > noticedMs ? [warning(says, mend)] : []
}

const judgeClocks = ({ databaseMs, gatewayMs }: ClockFacts): Verdict[] => {
  const found = [
    ...judgeOne("The database's clock", databaseMs),
    ...(gatewayMs === null ? [] : judgeOne("The gateway's clock", gatewayMs)),
  ]
  return orWell(
    found,
    gatewayMs === null
      ? 'The database and this machine agree; the gateway told no time.'
      : 'The database, the gateway and this machine agree.',
  )
}

/** The database's clock and the gateway's against this machine's. */
export const clocksCheck: Check = {
  name: 'clocks',
  async examine({ context, inspectGateway, now }) {
    const asked = now()
    const { now: told } = await context.database.call('venuekit.read_clock', {})
    const databaseMs = Date.parse(told) - (asked + now()) / 2
    const gateway = await inspectGateway().catch(() => null)
    return judgeClocks({ databaseMs, gatewayMs: gateway?.clockSkewMs ?? null })
  },
}
