/** Who is signed in at the host's; the kit keeps no users. */
export interface Viewer {
  id: string
  name: string
  avatarUrl: string | null
  roles: readonly ('moderator' | 'host')[]
}

/** Reads the viewer from a request; null where nobody is signed in. Throws nothing on bad credentials; has 10 seconds. */
export type Authenticate = (request: Request) => Promise<Viewer | null>
