import type { TargetedMouseEvent } from 'preact'
import type { FeedRow, RowProblem } from '../feedRow.ts'
import { errorMessage } from '../messages.ts'
import { Icon } from '../view/Icon.tsx'
import { focusNeighbour, focusRow } from '../view/rowFocus.ts'
import { useActing } from './useActing.ts'

type Click = TargetedMouseEvent<HTMLButtonElement>

/** What went wrong with one post, and what may be done: the post stays with its text until then. */
export const PostProblem = ({ row, problem }: { row: FeedRow; problem: RowProblem }) => {
  const { model, actions, messages, words } = useActing()
  const isDeletion = problem.action === 'delete'
  const retry = ({ currentTarget, detail }: Click) => {
    if (isDeletion) focusNeighbour(currentTarget)
    else focusRow(currentTarget)
    if (isDeletion) actions.remove(row, detail === 0)
    else model.retry(row)
  }
  const dismiss = ({ currentTarget }: Click) => {
    if (isDeletion) focusRow(currentTarget)
    else focusNeighbour(currentTarget)
    model.dismiss(row)
  }
  return (
    <div class="problem" part="problem">
      <p>
        <Icon name="alert" />
        <span>
          <strong>{isDeletion ? words.deleteFailed : messages.postFailed}</strong>{' '}
          {errorMessage(messages, problem.code)}
        </span>
      </p>
      <div class="choices">
        {problem.canRetry && (
          <button type="button" class="plain" part="button" onClick={retry}>
            {messages.retry}
          </button>
        )}
        <button type="button" class="quiet" part="button" onClick={dismiss}>
          {isDeletion ? words.keep : words.discard}
        </button>
      </div>
    </div>
  )
}
