import type { Operations } from '@venuekit/core/contracts'
import { countedText, countText } from '../format/countText.ts'
import { moneyListText } from '../format/moneyText.ts'
import { Age } from './Age.tsx'
import { Command } from './Command.tsx'
import { Mark } from './Mark.tsx'
import { Panel } from './Panel.tsx'

interface QueueProps {
  name: string
  waiting: number
  /** What was given up, or waits for a person. */
  stuck: number
  stuckText: string
  oldestAt: string | null
  /** What is said where nothing waits. */
  calm: string
  lastAt: string | null
  detail?: string
  command: string
}

const Queue = ({ name, waiting, stuck, stuckText, oldestAt, calm, lastAt, detail, command }: QueueProps) => (
  <li class="queue">
    <Mark kind={stuck > 0 ? 'attention' : 'well'} />
    <span class="queue-name">{name}</span>
    <span class="aside">
      {waiting === 0 ? (
        <>
          {calm}
          {lastAt && (
            <>
              , last <Age since={lastAt} />
            </>
          )}
        </>
      ) : (
        <>
          {countText(waiting)} waiting
          {oldestAt && (
            <>
              {' '}
              for <Age since={oldestAt} suffix="" />
            </>
          )}
        </>
      )}
    </span>
    {detail && <p class="hint">{detail}</p>}
    {stuck > 0 && (
      <>
        <p class="queue-stuck">{stuckText}</p>
        <Command text={command} />
      </>
    )}
  </li>
)

export const Queues = ({ inbox, outbox, refunds }: Pick<Operations, 'inbox' | 'outbox' | 'refunds'>) => (
  <Panel id="queues" title="Queues">
    <ul class="queues">
      <Queue
        name="Inbox"
        waiting={inbox.waiting}
        stuck={inbox.dead}
        stuckText={`${countedText(inbox.dead, 'gateway event')} given up.`}
        oldestAt={inbox.oldestWaitingAt}
        calm="nothing waits"
        lastAt={inbox.lastHandledAt}
        {...(inbox.orphanPayments > 0 && {
          detail: `${countedText(inbox.orphanPayments, 'payment')} without an order.`,
        })}
        command="venuekit webhooks list --status dead"
      />
      <Queue
        name="Outbox"
        waiting={outbox.waiting}
        stuck={outbox.dead}
        stuckText={`${countedText(outbox.dead, 'message')} given up.`}
        oldestAt={outbox.oldestWaitingAt}
        calm="nothing waits"
        lastAt={outbox.lastSentAt}
        command="venuekit audit"
      />
      <Queue
        name="Refunds"
        waiting={refunds.underWay}
        stuck={refunds.needReview}
        stuckText={`${countedText(refunds.needReview, 'refund')} for a person to decide.`}
        oldestAt={refunds.oldestAt}
        calm="none under way"
        lastAt={null}
        {...(refunds.amounts.length > 0 && { detail: moneyListText(refunds.amounts) })}
        command="venuekit audit"
      />
    </ul>
  </Panel>
)
