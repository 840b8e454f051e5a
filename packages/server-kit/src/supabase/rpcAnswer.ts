/** What supabase-js makes of an answer of the data API, and of none. */
export interface RpcAnswer {
  data: unknown
  error: RpcError | null
  /** HTTP's; 0 where nobody answered. */
  status: number
}

export interface RpcError {
  message: string
  /** SQLSTATE, `PGRST…`, or nothing where neither Postgres nor PostgREST said it. */
  code?: string | null
  details?: string | null
  hint?: string | null
}
