/** Who is signed in at the host's; the kit keeps no users. */
export interface Viewer {
  /** 1 to 255 characters, the same for ever: who may delete a post hangs on it. */
  id: string
  /** Shown with posts, up to 120 characters. */
  name: string
  /** A picture on the web; anything else is not shown. */
  avatarUrl: string | null
  roles: readonly ('moderator' | 'host')[]
}

/** Reads the viewer from a request; null where nobody is signed in. Throws nothing on bad credentials; has 10 seconds. */
export type Authenticate = (request: Request) => Promise<Viewer | null>
