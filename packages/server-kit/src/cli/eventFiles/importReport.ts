import type { EventImport } from '../../services/importEvents.ts'
import type { Canvas, Cli, OpenHost } from '../cli.ts'
import { count } from '../words.ts'
import type { FileFault, ReadEvents } from './eventFile.ts'

/** What an import did, or would do. With faults nothing is written. */
interface ImportReport {
  applied: boolean
  events: Pick<EventImport, 'eventId' | 'name' | 'outcome'>[]
  faults: FileFault[]
}

const faultsOf = (read: ReadEvents, plan: readonly EventImport[]): FileFault[] =>
  plan.flatMap(({ eventId, faults }, index) =>
    Object.entries(faults).map(([path, problem]) => ({ ...read.placeOf(index, path), eventId, problem })),
  )

const inOrder = (faults: FileFault[]): FileFault[] => faults.sort((a, b) => (a.line ?? 0) - (b.line ?? 0))

const write = async (cli: Cli, { kit }: OpenHost, { events }: ReadEvents): Promise<EventImport[]> => {
  const progress = cli.progress()
  let written = 0
  const onStep = () => {
    written += 1
    progress.say(`${written} of ${count(events.length, 'event')} written`)
  }
  try {
    return await kit.events.import(events, { signal: cli.signal, onStep })
  } finally {
    progress.end()
  }
}

const check = async (
  cli: Cli,
  open: OpenHost,
  read: ReadEvents,
  { apply }: { apply: boolean },
): Promise<ImportReport> => {
  const goesOn = apply && read.faults.length === 0
  const plan = await (goesOn ? write(cli, open, read) : open.kit.events.planImport(read.events))
  return {
    applied: goesOn && plan.every(({ outcome }) => outcome !== 'refused'),
    events: plan.map(({ eventId, name, outcome }) => ({ eventId, name, outcome })),
    faults: inOrder([...read.faults, ...faultsOf(read, plan)]),
  }
}

const said: Record<EventImport['outcome'], string> = {
  new: 'would be created',
  created: 'created',
  there: 'there already, the same',
  refused: 'refused',
}

const conclusion = ({ applied, events, faults }: ImportReport, paint: Canvas['paint']): string => {
  if (faults.length > 0) return paint('red', `${count(faults.length, 'fault')}: nothing was written.`)
  const fresh = events.filter(({ outcome }) => outcome === 'new').length
  if (applied && events.length > 0) {
    const created = events.filter(({ outcome }) => outcome === 'created').length
    return paint('green', `${count(created, 'event')} created, ${events.length - created - fresh} there already.`)
  }
  if (events.length === 0) return paint('yellow', 'There is no event in it.')
  return fresh === 0
    ? paint('green', 'All of it is there already.')
    : paint('yellow', `Nothing was written: --apply creates ${count(fresh, 'event')}.`)
}

const view = (report: ImportReport, { paint, table }: Canvas): string => {
  const { events, faults } = report
  const faultTable = () =>
    table<FileFault>(
      [
        { title: 'Line', value: ({ line }) => line },
        { title: 'Field', value: ({ field }) => field },
        { title: 'Problem', value: ({ problem }) => problem, wraps: true, colour: () => 'red' },
        { title: 'Event', value: ({ eventId }) => eventId },
      ],
      faults,
    )
  const eventTable = () =>
    table<ImportReport['events'][number]>(
      [
        { title: 'Event', value: ({ eventId }) => eventId },
        { title: 'Name', value: ({ name }) => name, wraps: true },
        { title: 'Outcome', value: ({ outcome }) => said[outcome] },
      ],
      events,
    )
  const tables = faults.length > 0 ? [faultTable()] : events.length > 0 ? [eventTable()] : []
  return [...tables, conclusion(report, paint)].join('\n\n')
}

/** Checks all of it, writes it where it shall and may be, answers, and ends the run as that asks for. */
export const importRead = async (cli: Cli, read: ReadEvents, wish: { apply: boolean }): Promise<void> => {
  const report = await cli.withKit(open => check(cli, open, read, wish), { endsInOrder: true })
  cli.answer(report, view)
  cli.stopIfInterrupted()
  cli.found(report.faults.length > 0)
}
