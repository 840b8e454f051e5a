import type { GatewayEndpoint, GatewayInspection } from '../../ports/gatewayInspection.ts'
import { neededEventTypes, saleEventTypes } from '../../services/neededEvents.ts'
import { type Check, orWell, problem, skipped, some, type Verdict, warning } from '../check.ts'

interface Facts extends Pick<GatewayInspection, 'apiVersion' | 'webhookSecrets' | 'endpoints'> {
  mode: 'live' | 'test'
}

const ourPath = /\/webhooks\/stripe\/?$/

const isOurs = ({ url }: GatewayEndpoint): boolean => URL.canParse(url) && ourPath.test(new URL(url).pathname)

const isSent = (endpoints: readonly GatewayEndpoint[], type: string): boolean =>
  endpoints.some(({ events }) => events.includes('*') || events.includes(type))

const judgeVersion = (endpoints: readonly GatewayEndpoint[], apiVersion: string): Verdict[] => {
  const others = [...new Set(endpoints.map(endpoint => endpoint.apiVersion ?? "the account's default"))].filter(
    version => version !== apiVersion,
  )
  if (others.length === 0) return []
  return [
    warning(
      `Events are written in version ${some(others)}, and the adapter speaks ${apiVersion}.`,
      'make an endpoint of that version: objects are read again, yet an id may stand elsewhere',
    ),
  ]
}

const judgeEvents = (endpoints: readonly GatewayEndpoint[]): Verdict[] => {
  const missing = neededEventTypes.filter(type => !isSent(endpoints, type))
  if (missing.length === 0) return []
  const says = `The webhook endpoint is not sent ${some(missing, 20)}.`
  const mend = "add these events to the endpoint in the gateway's dashboard"
  return [missing.some(type => saleEventTypes.includes(type)) ? problem(says, mend) : warning(says, mend)]
}

/** Where the gateway sends its events, and which. */
export const judgeEndpoints = ({ mode, apiVersion, webhookSecrets, endpoints }: Facts): Verdict[] => {
  const secret =
    webhookSecrets === 0
      ? [problem('No webhook secret is set: every event would be refused.', "set the endpoint's whsec_…")]
      : []
  if (endpoints === null) {
    return [...secret, skipped('the key may not list webhook endpoints: give it the right to read them')]
  }
  const ours = endpoints.filter(isOurs)
  const own = ours.filter(endpoint => endpoint.mode === mode)
  if (ours.length === 0) {
    const says = 'The gateway has no webhook endpoint whose address ends with /webhooks/stripe.'
    const mend = `make one for <your API>/webhooks/stripe with ${some(saleEventTypes, 4)} and those about refunds and disputes`
    return [
      ...secret,
      mode === 'live' ? problem(says, mend) : warning(says, `${mend}; \`stripe listen\` does for a test`),
    ]
  }
  if (own.length === 0) {
    return [
      ...secret,
      problem(`The webhook endpoint is of another mode than the ${mode} key.`, `make one in ${mode} mode`),
    ]
  }
  const enabled = own.filter(endpoint => endpoint.enabled)
  if (enabled.length === 0) {
    return [
      ...secret,
      problem('The webhook endpoint is disabled.', "enable it in the gateway's dashboard, then venuekit reconcile"),
    ]
  }
  const insecure = enabled.filter(({ url }) => mode === 'live' && !url.startsWith('https:'))
  return orWell(
    [
      ...secret,
      ...judgeEvents(enabled),
      ...judgeVersion(enabled, apiVersion),
      ...(insecure.length > 0 ? [problem('A live webhook endpoint is not https.', 'give it an https address')] : []),
    ],
    `${enabled.length === 1 ? 'One endpoint is' : `${enabled.length} endpoints are`} sent all that is needed, and ${webhookSecrets === 1 ? 'a secret is' : `${webhookSecrets} secrets are`} set.`,
  )
}

export const endpointsCheck: Check = {
  name: 'webhooks',
  async examine({ context, inspectGateway }) {
    const inspection = await inspectGateway()
    if (!inspection) return [skipped('this gateway has nothing to tell about its webhooks')]
    return judgeEndpoints({ ...inspection, mode: context.gateway.mode })
  },
}
