import type { Viewer } from '../Viewer.ts'

/** Who is signed in, as the test venue reads it from a token. */
export interface TestViewer extends Viewer {
  isModerator: boolean
}

/** Takes `viewer:ada` and `moderator:bob` for signed in, as Ada and Bob by these ids and names. */
export const readTestToken = (token: string): TestViewer | null => {
  const [, role, name] = /^(viewer|moderator):(\S+)$/.exec(token) ?? []
  return name === undefined ? null : { id: name, name, isModerator: role === 'moderator' }
}
