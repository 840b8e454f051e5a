import {
  decodeProtectedHeader,
  errors,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose'

/** How a project signs: keys of roles by its secret, tokens of users by a key pair that it publishes. */
export interface ProjectKeys {
  jwks: { keys: JWK[] }
  /** The claims of a token that this project signed; throws jose's errors. */
  verify(token: string): Promise<JWTPayload>
  signRole(claims: Record<string, unknown>): Promise<string>
  signUser(issuer: string, claims: Record<string, unknown>): Promise<string>
}

const secret = new TextEncoder().encode('jwt secret of the stand-in for Supabase, long enough')
const keyId = 'signing-key-of-the-stand-in'

export const createProjectKeys = async (): Promise<ProjectKeys> => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
  const published = { ...(await exportJWK(publicKey)), kid: keyId, alg: 'ES256', use: 'sig' }
  return {
    jwks: { keys: [published] },
    async verify(token) {
      const { alg } = decodeProtectedHeader(token)
      const checks = { clockTolerance: 30 }
      if (alg === 'ES256') return (await jwtVerify(token, publicKey, { ...checks, algorithms: [alg] })).payload
      if (alg === 'HS256') return (await jwtVerify(token, secret, { ...checks, algorithms: [alg] })).payload
      throw new errors.JOSEAlgNotAllowed('only ES256 and HS256')
    },
    signRole: claims =>
      new SignJWT({ iss: 'supabase', ...claims })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(secret),
    signUser: (issuer, claims) =>
      new SignJWT({ role: 'authenticated', aud: 'authenticated', ...claims })
        .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid: keyId })
        .setIssuer(issuer)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
  }
}
