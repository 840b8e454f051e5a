import { type NewEvent, newEvent, parsePart } from '@venuekit/core/contracts'
import { faultText } from './faultText.ts'

/** Where in a file something stands, for the person who mends it. */
export interface FilePlace {
  /** Null in JSON, where the field's path says it. */
  line: number | null
  field: string
}

export interface FileFault extends FilePlace {
  /** Null where it belongs to no event. */
  eventId: string | null
  problem: string
}

/** What a file says, not yet judged. */
export interface EventFile {
  events: { value: unknown; id: string | null; placeOf(path: string): FilePlace }[]
  /** What is wrong with the file itself. */
  faults: FileFault[]
}

export interface ReadEvents {
  events: NewEvent[]
  /** Of the events, by their index; a path may be empty. */
  placeOf(index: number, path: string): FilePlace
  faults: FileFault[]
}

/** Judges every event of a file: all faults at once, each with its place. */
export const readEvents = ({ events, faults }: EventFile): ReadEvents => {
  const read: ReadEvents = {
    events: [],
    placeOf: (index, path) => placed[index]?.(path) ?? noPlace,
    faults: [...faults],
  }
  const placed: ((path: string) => FilePlace)[] = []
  for (const { value, id, placeOf } of events) {
    const parsed = parsePart(newEvent, value, '')
    if (parsed.ok) {
      read.events.push(parsed.value)
      placed.push(placeOf)
      continue
    }
    for (const [path, problem] of Object.entries(parsed.fields)) {
      read.faults.push({ ...placeOf(path), eventId: id, problem: faultText(problem) })
    }
  }
  return read
}

const noPlace: FilePlace = { line: null, field: '' }
