/** Where the gateway sends events, as its own settings have it. */
export interface GatewayEndpoint {
  url: string
  enabled: boolean
  mode: 'live' | 'test'
  /** `*` stands for all. */
  events: string[]
  /** The version that events are written in; null for the account's default. */
  apiVersion: string | null
}

/** What a gateway tells about itself, for `venuekit doctor`. Nothing in it is a secret. */
export interface GatewayInspection {
  /** The gateway's clock less this machine's, in milliseconds, to about a second; null where it does not tell. */
  clockSkewMs: number | null
  /** The version that the adapter speaks. */
  apiVersion: string
  /** How many secrets webhooks are verified by. */
  webhookSecrets: number
  /** Null where the key may not list them. */
  endpoints: GatewayEndpoint[] | null
}
