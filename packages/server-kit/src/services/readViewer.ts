import type { Viewer } from '../ports/viewer.ts'
import type { KitContext } from './kitContext.ts'
import { ProblemError } from './problemError.ts'
import { safeViewer } from './safeViewer.ts'
import { withinTime } from './withinTime.ts'

const patienceMs = 10_000

/** Who is signed in at the host's; null where nobody is. Throws `busy` where the host does not say. */
export const readViewer = async ({ auth }: Pick<KitContext, 'auth'>, request: Request): Promise<Viewer | null> => {
  if (auth === null) return null
  const viewer = await withinTime(auth(request), patienceMs, 'late' as const)
  if (viewer === 'late') throw new ProblemError('busy', { detail: 'The sign-in does not answer. Try again.' })
  return viewer ? safeViewer(viewer) : null
}
