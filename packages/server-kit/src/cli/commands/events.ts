import type { AddCommand } from '../command.ts'
import { addCancel } from './eventsCancel.ts'
import { addCreate } from './eventsCreate.ts'
import { addExport } from './eventsExport.ts'
import { addImport } from './eventsImport.ts'
import { addPause } from './eventsPause.ts'

/** `venuekit events …` */
export const addEvents: AddCommand = (program, cli) => {
  const events = program.command('events').description('shows: create, import, export, pause, cancel')
  for (const add of [addCreate, addImport, addExport, addPause, addCancel]) add(events, cli)
}
