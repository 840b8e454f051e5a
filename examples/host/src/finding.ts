/** One thing that the demo's check looked at. */
export interface Finding {
  what: string
  good: boolean
  seen: string
}
