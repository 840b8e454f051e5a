import type { AdminEvent } from '@venuekit/core/contracts'
import type { Canvas } from '../cli.ts'
import type { AddCommand } from '../command.ts'
import { type EventChange, eventSummary } from '../eventFiles/eventSummary.ts'
import { actorOption, uuidOption } from '../options.ts'
import { requireActor } from '../requireActor.ts'
import { count } from '../words.ts'

const issuedOf = ({ tiers }: AdminEvent): number => tiers.reduce((sum, { issued }) => sum + issued, 0)

const view = ({ applied, event }: EventChange, canvas: Canvas): string => {
  const { paint } = canvas
  const done = 'The show is off. Refunds and mails follow in batches; the jobs go on with what is left.'
  const plan = `Nothing was changed: --apply --actor <you> cancels the show and pays ${count(issuedOf(event), 'ticket')} back. There is no way back from that.`
  return `${eventSummary(event, canvas)}\n\n${applied ? paint('green', done) : paint('yellow', plan)}`
}

/** `venuekit events cancel` */
export const addCancel: AddCommand = (events, cli) => {
  events
    .command('cancel')
    .description('cancel a show and refund everybody; without --apply, tell what that would be')
    .argument('<id>', "the event's", uuidOption)
    .option('--reason <text>', 'for the record and the mails')
    .option('--apply', 'do it')
    .option('--actor <name>', 'who does it, for the record; needed with --apply', actorOption)
    .action(async (id, { reason, apply, actor }) => {
      const who = requireActor({ apply, actor })
      const event = await cli.withKit(
        ({ kit }) => (apply ? kit.events.cancel(id, { actor: who, reason }, cli.signal) : kit.events.get(id)),
        { endsInOrder: true },
      )
      cli.answer({ applied: apply ?? false, event }, view)
      cli.stopIfInterrupted()
    })
}
