import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose'
import type { Authenticate, Viewer } from '../ports/viewer.ts'
import { isViewerId } from './safeViewer.ts'

export type JwtAuthOptions = (
  | {
      /** Where the issuer publishes its keys, such as `https://<project>.supabase.co/auth/v1/.well-known/jwks.json`. */
      jwksUrl: string
    }
  | {
      /** The shared secret of HS256 tokens. */
      secret: string
    }
) & {
  issuer?: string
  audience?: string
  /** Clock difference that is forgiven; 30 by default. */
  toleranceSeconds?: number
  /** Reads the viewer from verified claims; null refuses. The default reads `sub`, `name` or `user_metadata`, `roles`. */
  toViewer?: (claims: JWTPayload) => Viewer | null
}

const asymmetric = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}

const firstText = (...values: unknown[]): string | null =>
  values.find((value): value is string => typeof value === 'string' && value.trim() !== '') ?? null

/** `user_metadata` is the user's own to write: a name may come from there, a role never. */
const rolesOf = (claims: JWTPayload): Viewer['roles'] => {
  const listed = [claims.roles, record(claims.app_metadata).roles].flat()
  return (['moderator', 'host'] as const).filter(role => listed.includes(role))
}

const readViewer = (claims: JWTPayload): Viewer | null => {
  const profile = record(claims.user_metadata)
  if (!isViewerId(claims.sub)) return null
  return {
    id: claims.sub,
    name: firstText(claims.name, profile.name, profile.full_name) ?? 'Guest',
    avatarUrl: firstText(claims.picture, profile.avatar_url, profile.picture),
    roles: rolesOf(claims),
  }
}

const bearerOf = (request: Request): string | null =>
  /^Bearer ([A-Za-z0-9_.-]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1] ?? null

/** A key set that cannot be fetched is the issuer's failure: it must not sign everybody out. */
const isBadToken = (error: unknown): boolean =>
  error instanceof errors.JOSEError &&
  !['ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID', 'ERR_JWKS_TIMEOUT'].includes(error.code)

/** A token that names no key may be of any that fits: issuers publish two while they change them. */
const verifyByAny = async (token: string, keys: errors.JWKSMultipleMatchingKeys, checks: JWTVerifyOptions) => {
  for await (const key of keys) {
    try {
      return await jwtVerify(token, key, checks)
    } catch (error) {
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error
    }
  }
  throw new errors.JWSSignatureVerificationFailed()
}

const createVerify = (options: JwtAuthOptions): ((token: string) => Promise<JWTPayload>) => {
  const checks: JWTVerifyOptions = {
    clockTolerance: options.toleranceSeconds ?? 30,
    requiredClaims: ['sub', 'exp'],
    ...(options.issuer === undefined ? {} : { issuer: options.issuer }),
    ...(options.audience === undefined ? {} : { audience: options.audience }),
  }
  if ('secret' in options) {
    const secret = new TextEncoder().encode(options.secret)
    if (secret.length < 32) throw new Error('jwtAuth: secret must have at least 32 bytes')
    return async token => (await jwtVerify(token, secret, { ...checks, algorithms: ['HS256'] })).payload
  }
  const keys = createRemoteJWKSet(new URL(options.jwksUrl))
  const published = { ...checks, algorithms: asymmetric }
  return async token => {
    const verified = jwtVerify(token, keys, published).catch((error: unknown) => {
      if (error instanceof errors.JWKSMultipleMatchingKeys) return verifyByAny(token, error, published)
      throw error
    })
    return (await verified).payload
  }
}

/**
 * Reads the viewer from a bearer JWT; throws where the issuer's keys cannot be fetched. Tokens must name `sub` and `exp`; the algorithms are a fixed list, so that a
 * token cannot choose `none` or sign with a public key. Fits Supabase Auth: `jwtAuth({ jwksUrl })`.
 */
export const jwtAuth = (options: JwtAuthOptions): Authenticate => {
  const verify = createVerify(options)
  const toViewer = options.toViewer ?? readViewer
  return async request => {
    const token = bearerOf(request)
    if (token === null) return null
    try {
      return toViewer(await verify(token))
    } catch (error) {
      if (isBadToken(error)) return null
      throw error
    }
  }
}
