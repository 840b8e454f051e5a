import type { TargetedMouseEvent } from 'preact'
import type { FeedRow, RowProblem } from '../feedRow.ts'
import { errorMessage, type FeedMessages } from '../messages.ts'
import { useFeed } from './feedContext.ts'
import { Icon } from './Icon.tsx'
import { focusNeighbour, focusRow } from './rowFocus.ts'

const headlines: { readonly [Action in RowProblem['action']]: keyof FeedMessages } = {
  create: 'postFailed',
  delete: 'deleteFailed',
}

type Click = TargetedMouseEvent<HTMLButtonElement>

/** What went wrong with one post, and what may be done: the post stays with its text until then. */
export const PostProblem = ({ row, problem }: { row: FeedRow; problem: RowProblem }) => {
  const { model, messages } = useFeed()
  const retry = ({ currentTarget }: Click) => {
    if (problem.action === 'delete') focusNeighbour(currentTarget)
    else focusRow(currentTarget)
    model.retry(row)
  }
  const dismiss = ({ currentTarget }: Click) => {
    if (problem.action === 'create') focusNeighbour(currentTarget)
    else focusRow(currentTarget)
    model.dismiss(row)
  }
  return (
    <div class="problem" part="problem">
      <p>
        <Icon name="alert" />
        <span>
          <strong>{messages[headlines[problem.action]]}</strong> {errorMessage(messages, problem.code)}
        </span>
      </p>
      <div class="choices">
        {problem.canRetry && (
          <button type="button" class="plain" part="button" onClick={retry}>
            {messages.retry}
          </button>
        )}
        <button type="button" class="quiet" part="button" onClick={dismiss}>
          {problem.action === 'create' ? messages.discard : messages.keep}
        </button>
      </div>
    </div>
  )
}
