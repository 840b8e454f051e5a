import { SignJWT } from 'jose'

/** A member of the venue, as its own sign-in knows them. */
export interface Member {
  id: string
  name: string
}

/** The one that the demo signs in. */
export const maya: Member = { id: 'member-maya', name: 'Maya Okafor' }

/** A short-lived token for the member, signed by the host: `jwtAuth` reads it. */
export const signMemberToken = (secret: string, member: Member): Promise<string> =>
  new SignJWT({ name: member.name })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(member.id)
    .setIssuedAt()
    .setExpirationTime('10 minutes')
    .sign(new TextEncoder().encode(secret))
