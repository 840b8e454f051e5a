/** What supabase-js makes of an answer of the data API, and of none. */
export interface RpcAnswer {
  data: unknown
  /** PostgREST's error, or whatever JSON somebody on the way answered. */
  error: unknown
  /** HTTP's; 0 where nobody answered. */
  status: number
}
