import { readdirSync, readFileSync } from 'node:fs'

/** One privilege of one role, as `readGrants` finds it. */
export type Grant = `${string} ${string} ${string} ${string}`

const ports = new URL('../../../src/ports/', import.meta.url)

/** The functions that the kit calls are those that the ports name. */
const readPortFunctions = (): string[] => {
  const sources = readdirSync(ports)
    .filter(file => file.endsWith('Functions.ts'))
    .map(file => readFileSync(new URL(file, ports), 'utf8'))
  const names = sources.flatMap(source => [...source.matchAll(/'((?:venuekit|ticketing|feed)\.[a-z_]+)'/g)])
  return [...new Set(names.map(([, name]) => name ?? ''))]
}

const schemas = ['feed', 'ticketing', 'venuekit']

const opsViews = ['audits', 'event_health', 'event_log', 'platform_health', 'repair_log']

/** What the views call runs as who reads them. */
const opsFunctions = [
  'ticketing.counter_estimates',
  'ticketing.counter_truths',
  'ticketing.event_findings',
  'ticketing.find_counter_faults',
  'ticketing.find_money_faults',
  'ticketing.find_order_faults',
  'ticketing.find_overdue_reservations',
  'ticketing.find_refund_faults',
  'ticketing.find_stuck_refunds',
  'ticketing.find_unsent_messages',
  'ticketing.find_waiting_reviews',
  'ticketing.findings_of_events',
  'ticketing.health_parts',
  'ticketing.health_score',
  'ticketing.platform_parts',
  'ticketing.recent_findings',
  'venuekit.inbox_findings',
]

/** Every privilege that anybody but the owner has. What is not here, nobody has. */
export const readAllowList = (): Grant[] => {
  const called = readPortFunctions()
  return [
    ...schemas.flatMap((schema): Grant[] => [
      `venuekit_app USAGE schema ${schema}`,
      `venuekit_ops USAGE schema ${schema}`,
    ]),
    ...called.map((name): Grant => `venuekit_app EXECUTE function ${name}`),
    ...opsViews.map((name): Grant => `venuekit_ops SELECT view ticketing.${name}`),
    ...opsFunctions.map((name): Grant => `venuekit_ops EXECUTE function ${name}`),
    'service_role USAGE schema venuekit_api',
    ...called.map((name): Grant => `service_role EXECUTE function venuekit_api.${name.replace('.', '_')}`),
  ]
}
