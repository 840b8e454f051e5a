import type { Canvas } from '../cli.ts'
import type { AddCommand } from '../command.ts'
import { type EventChange, eventSummary } from '../eventFiles/eventSummary.ts'
import { actorOption, uuidOption } from '../options.ts'
import { requireActor } from '../requireActor.ts'

const view =
  (resume: boolean) =>
  ({ applied, event }: EventChange, canvas: Canvas): string => {
    const { paint } = canvas
    const done = resume ? 'Sales go on.' : 'Sales are stopped; what is held may still be paid.'
    const plan = `Nothing was changed: --apply --actor <you> ${resume ? 'lets sales go on' : 'stops sales'}.`
    return `${eventSummary(event, canvas)}\n\n${applied ? paint('green', done) : paint('yellow', plan)}`
  }

/** `venuekit events pause` */
export const addPause: AddCommand = (events, cli) => {
  events
    .command('pause')
    .description('stop the sales of an event, or let them go on; without --apply, tell what was sold')
    .argument('<id>', "the event's", uuidOption)
    .option('--resume', 'let sales go on')
    .option('--apply', 'do it')
    .option('--actor <name>', 'who does it, for the record; needed with --apply', actorOption)
    .action(async (id, { resume = false, apply, actor }) => {
      const who = requireActor({ apply, actor })
      const event = await cli.withKit(({ kit }) =>
        apply ? kit.events.pause(id, { paused: !resume, actor: who }) : kit.events.get(id),
      )
      cli.answer({ applied: apply ?? false, event }, view(resume))
    })
}
