/** PostgREST's error object. */
export interface RestProblemBody {
  code: string
  message: string
  details: string | null
  hint: string | null
}

export class RestProblem extends Error {
  readonly status: number
  readonly body: RestProblemBody

  constructor(status: number, body: Pick<RestProblemBody, 'code' | 'message'> & Partial<RestProblemBody>) {
    super(body.message)
    this.status = status
    this.body = { code: body.code, message: body.message, details: body.details ?? null, hint: body.hint ?? null }
  }
}

/** https://docs.postgrest.org/en/stable/references/errors.html: whole codes before classes. */
const statusByCode: Readonly<Record<string, number>> = {
  '23503': 409,
  '23505': 409,
  '25006': 405,
  '21000': 500,
  '22023': 400,
  '42883': 404,
  '42P01': 404,
  '42P17': 500,
  '53400': 500,
  '57P01': 503,
  P0001: 400,
}
const statusByClass: Readonly<Record<string, number>> = {
  '08': 503,
  '09': 500,
  '0L': 403,
  '0P': 403,
  '25': 500,
  '28': 403,
  '2D': 500,
  '38': 500,
  '39': 500,
  '3B': 500,
  '40': 500,
  '53': 503,
  '54': 500,
  '55': 500,
  '57': 500,
  '58': 500,
  F0: 500,
  HV: 500,
  P0: 500,
  XX: 500,
}

const statusOf = (code: string, isAuthenticated: boolean): number => {
  if (code === '42501') return isAuthenticated ? 403 : 401
  // `raise sqlstate 'PT402'` asks for a status of its own.
  if (/^PT\d{3}$/.test(code)) return Number(code.slice(2))
  return statusByCode[code] ?? statusByClass[code.slice(0, 2)] ?? 400
}

/** An error of `pg` as PostgREST would answer it; what never came from Postgres is a lost connection. */
export const toRestProblem = (error: unknown, isAuthenticated: boolean): RestProblem => {
  if (error instanceof RestProblem) return error
  const { code, detail, hint, message } = error as { code?: string; detail?: string; hint?: string; message: string }
  if (code === undefined || !/^[0-9A-Z]{5}$/.test(code)) {
    return new RestProblem(503, { code: 'PGRST001', message: 'Database client error.', details: String(message) })
  }
  return new RestProblem(statusOf(code, isAuthenticated), {
    code,
    message,
    details: detail ?? null,
    hint: hint ?? null,
  })
}
