import { errors, type JWTPayload } from 'jose'
import type { ProjectKeys } from './projectKeys.ts'
import { RestProblem } from './restProblem.ts'

/** Who asks: the role of the token, or the anonymous one. */
export interface RestCaller {
  role: string
  claims: JWTPayload
  isAuthenticated: boolean
}

const anonymous: RestCaller = { role: 'anon', claims: { role: 'anon' }, isAuthenticated: false }

/** Reads the bearer token as PostgREST does: signed by the project, its claim `role` the role of the call. */
export const readRole = async (authorization: string | undefined, keys: ProjectKeys): Promise<RestCaller> => {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1]
  if (token === undefined) return anonymous
  try {
    const payload = await keys.verify(token)
    const role = typeof payload.role === 'string' ? payload.role : anonymous.role
    return { role, claims: payload, isAuthenticated: true }
  } catch (error) {
    if (!(error instanceof errors.JOSEError || error instanceof TypeError)) throw error
    const isExpired = 'code' in error && error.code === 'ERR_JWT_EXPIRED'
    throw new RestProblem(401, {
      code: isExpired ? 'PGRST303' : 'PGRST301',
      message: isExpired ? 'JWT expired' : 'JWT could not be decoded',
      details: error.message,
    })
  }
}
