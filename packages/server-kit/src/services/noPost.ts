import { ProblemError } from './problemError.ts'

/** The same whether it never was, stands at another venue, or was deleted. */
export const noPost = (): ProblemError =>
  new ProblemError('not_found', { detail: 'No such post: it may have been deleted.' })
