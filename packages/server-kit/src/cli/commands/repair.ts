import { findingsOf } from '../../services/audit.ts'
import type { RepairReport } from '../../services/repair.ts'
import type { OversoldChoice, RepairStep, StepOutcome } from '../../services/repairStep.ts'
import type { Canvas } from '../cli.ts'
import { CliError } from '../cliError.ts'
import type { AddCommand } from '../command.ts'
import { actorOption, uuidOption, uuidsOption } from '../options.ts'
import { requireActor } from '../requireActor.ts'
import { count, words } from '../words.ts'

const colours: Record<StepOutcome, 'green' | 'yellow' | 'red'> = {
  planned: 'yellow',
  repaired: 'green',
  nothing_to_repair: 'green',
  waiting: 'yellow',
  no_room: 'red',
  needs_a_person: 'red',
  failed: 'red',
}

const whatOf = ({ action, detail }: RepairStep): string =>
  [action === 'none' ? '' : action, detail ?? ''].filter(text => text !== '').join(': ')

const conclusion = ({ dry, left }: RepairReport, paint: Canvas['paint']): string => {
  const found = findingsOf(left).length
  if (found === 0) return paint('green', 'Nothing is wrong.')
  if (dry) return paint('yellow', 'Nothing was changed: --apply --actor <you> does what is planned.')
  return paint('red', `${count(found, 'finding')} left. venuekit audit names them.`)
}

const view = (report: RepairReport, { paint, table }: Canvas): string => {
  const { steps } = report
  if (steps.length === 0) return conclusion(report, paint)
  const rows = table<RepairStep>(
    [
      { title: 'Finding', value: ({ finding }) => words(finding.kind) },
      { title: 'Event', value: ({ finding }) => finding.eventId },
      { title: 'Order or subject', value: ({ finding }) => finding.orderId ?? finding.subject ?? finding.tierId },
      { title: 'Outcome', value: ({ outcome }) => words(outcome), colour: ({ outcome }) => colours[outcome] },
      { title: 'What', value: whatOf, wraps: true },
    ],
    steps,
  )
  return `${rows}\n\n${conclusion(report, paint)}`
}

const choose = (raiseCapacity: true | undefined, tickets: string[] | undefined): OversoldChoice | null => {
  if (raiseCapacity && tickets) {
    throw new CliError('usage', 'invalid_request', 'Decide for --raise-capacity or for --refund, not for both.')
  }
  if (raiseCapacity) return { kind: 'raise_capacity' }
  return tickets ? { kind: 'refund', ticketIds: tickets } : null
}

/** `venuekit repair` */
export const addRepair: AddCommand = (program, cli) => {
  program
    .command('repair')
    .description('mend what an audit finds; without --apply, tell what would be done')
    .option('--apply', 'do it')
    .option('--actor <name>', 'who does it, for the record; needed with --apply', actorOption)
    .option('--event <id>', 'this event alone', uuidOption)
    .option('--raise-capacity', 'let oversold tiers and pools have the places they sold')
    .option('--refund <ticket>', 'pay this ticket of an oversold tier back; may stand several times', uuidsOption)
    .action(async ({ apply, actor, event, raiseCapacity, refund }) => {
      const oversold = choose(raiseCapacity, refund)
      const request = {
        actor: requireActor({ apply, actor }),
        apply: apply ?? false,
        ...(event !== undefined && { eventId: event }),
        ...(oversold && { oversold }),
      }
      const progress = cli.progress()
      const report = await cli
        .withKit(
          ({ kit }) =>
            kit.repair({
              ...request,
              signal: cli.signal,
              onStep: step => progress.say(`repair: ${words(step.finding.kind)}, ${words(step.outcome)}`),
            }),
          { endsInOrder: true },
        )
        .finally(() => progress.end())
      cli.answer(report, view)
      cli.stopIfInterrupted()
      cli.found(findingsOf(report.left).length > 0)
    })
}
