import type { CheckInsResponse, NewCheckIns } from '@venuekit/core/contracts'
import { DatabaseError } from '../ports/databaseError.ts'
import { tellScan } from './checkIns.ts'
import { delay } from './delay.ts'
import type { KitContext } from './kitContext.ts'

type Scan = NewCheckIns['scans'][number]
type Uploaded = CheckInsResponse['items'][number]

interface UploadTiming {
  sleep?: (milliseconds: number) => Promise<void>
  /** Milliseconds of a clock that only moves forward. */
  now?: () => number
}

/** Between the tries at what is in use: an upload waits that long in all, however many of its orders are locked. */
const pausesMs = [0, 200, 800, 2000] as const
/** A slow database is left alone after that; whoever uploads sends the rest again. */
const longestMs = 15_000

/** A scan that cannot be written keeps none of the others from it; without a database none of them can be. */
const upload = async (context: KitContext, eventId: string, scan: Scan): Promise<Uploaded | null> => {
  const { nonce } = scan
  try {
    const told = await tellScan(context, { ...scan, eventId }, { patient: false })
    return told.outcome === 'busy' ? null : told
  } catch (error) {
    if (error instanceof DatabaseError && error.kind === 'unavailable') throw error
    context.log.error('a scan of an offline door was not recorded', { eventId, nonce, error: String(error) })
    return { nonce, outcome: 'not_recorded' }
  }
}

/**
 * Each scan by itself, in their order: what one of them meets holds none of the others up. A ticket that is in use is
 * tried again behind the others; what could not be settled by the end is `not_recorded`, and may be sent again.
 */
export const uploadCheckIns = async (
  context: KitContext,
  { eventId, scans }: NewCheckIns,
  { sleep = delay, now = () => performance.now() }: UploadTiming = {},
): Promise<CheckInsResponse> => {
  const told = new Map<string, Uploaded>()
  const end = now() + longestMs
  for (const pause of pausesMs) {
    const rest = scans.filter(({ nonce }) => !told.has(nonce))
    if (rest.length === 0 || now() >= end) break
    if (pause > 0) await sleep(pause)
    // The first scan of a ticket is the one that admits: a later one does not overtake it.
    const inUse = new Set<string>()
    for (const scan of rest) {
      if (inUse.has(scan.code) || now() >= end) continue
      const answer = await upload(context, eventId, scan)
      if (answer) told.set(scan.nonce, answer)
      else inUse.add(scan.code)
    }
  }
  return { items: scans.map(({ nonce }) => told.get(nonce) ?? { nonce, outcome: 'not_recorded' }) }
}
