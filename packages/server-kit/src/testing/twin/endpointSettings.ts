/** What a dashboard set for a webhook endpoint, where it is not the plain one. */
export interface EndpointSettings {
  url: string
  /** All of them, `*`, by default. */
  events?: string[] | undefined
  enabled?: boolean | undefined
  live?: boolean | undefined
  /** The twin's own by default; null for the account's. */
  apiVersion?: string | null | undefined
}
