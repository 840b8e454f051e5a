import type { MediaStore } from '../ports/mediaStore.ts'
import { followUpload } from './followUpload.ts'
import { inTime } from './inTime.ts'
import type { KitContext } from './kitContext.ts'
import { removeMedia, storesOf } from './mediaRemoval.ts'
import { untilAllEnded } from './untilAllEnded.ts'

export interface TendMediaReport extends Record<string, unknown> {
  /** Uploads whose store was asked because its own news may have been lost. */
  followed: number
  failed: number
  /** Uploads let go because no post took them within a day. */
  abandoned: number
  /** Rows of what was let go a day ago. */
  dropped: number
  /** What stores gave up, and what they could not yet. */
  removed: number
  kept: number
}

const batch = 50
const maximumBatches = 20
/** Longer than a store may take to give up a batch. */
const leaseSeconds = 300
/** Longer than our own stores take for the longest video. */
const patienceMs = 90_000
/** So many failures one after the other: what is left of a store's batch is for a later run. */
const mostInARow = 2
/** It may look through everything that a store holds. */
const sweepMs = 300_000

/** Ends between two items once the signal is aborted. */
type Part = (context: KitContext, report: TendMediaReport, signal: AbortSignal | undefined) => Promise<void>

/** The same for one of the stores, beside the others: one that hangs or is down keeps none of them waiting. */
type StorePart = (store: MediaStore, ...args: Parameters<Part>) => Promise<void>

const ofEachStore =
  (part: StorePart): Part =>
  async (context, ...args) => {
    await untilAllEnded(storesOf(context).map(store => part(store, context, ...args)))
  }

/** Works on items until two in a row have failed, by an answer of false. False where some are left. */
const untilItFails = async <Item>(
  items: readonly Item[],
  signal: AbortSignal | undefined,
  work: (item: Item) => Promise<boolean>,
): Promise<boolean> => {
  let inARow = 0
  for (const item of items) {
    if (signal?.aborted || inARow === mostInARow) return false
    inARow = (await work(item)) ? 0 : inARow + 1
  }
  return true
}

const follow: StorePart = async (store, context, report, signal) => {
  const { uploads } = await context.database.call('feed.due_uploads', { store: store.name, max_uploads: batch })
  await untilItFails(uploads, signal, async upload => {
    try {
      await inTime(followUpload(context, upload), patienceMs)
      report.followed += 1
      return true
    } catch (error) {
      report.failed += 1
      context.log.warn('a media store could not be asked', {
        store: store.name,
        uploadId: upload.id,
        error: String(error),
      })
      return false
    }
  })
}

const abandon: Part = async (context, report, signal) => {
  for (let round = 0; round < maximumBatches && !signal?.aborted; round += 1) {
    const { abandoned, dropped } = await context.database.call('feed.abandon_uploads', { max_uploads: batch })
    report.abandoned += abandoned
    report.dropped += dropped
    if (abandoned < batch && dropped < batch) return
  }
}

const remove: StorePart = async (store, context, report, signal) => {
  const { log } = context
  for (let round = 0; round < maximumBatches && !signal?.aborted; round += 1) {
    const { removals } = await context.database.call('feed.take_media_removals', {
      stores: [store.name],
      max_removals: batch,
      worker: context.worker,
      lease_seconds: leaseSeconds,
    })
    const areAllSeen = await untilItFails(removals, signal, async removal => {
      const isRemoved = await inTime(removeMedia(context, removal), patienceMs).catch((error: unknown) => {
        log.warn('media could not be removed', { ...removal, error: String(error) })
        return false
      })
      report[isRemoved ? 'removed' : 'kept'] += 1
      return isRemoved
    })
    // What is left of the batch is another's once its lease is over.
    if (!areAllSeen || removals.length < batch) return
  }
}

/** Leaves out of a store what belongs to no upload any more. */
const sweep: StorePart = async (store, { log }) => {
  try {
    if (store.sweep) await inTime(store.sweep(), sweepMs)
  } catch (error) {
    log.error('a media store was not swept', { store: store.name, error: String(error) })
    throw error
  }
}

const parts: readonly Part[] = [ofEachStore(follow), abandon, ofEachStore(remove), ofEachStore(sweep)]

/**
 * Second line of defence for media: asks after lost news, lets go what nobody took, has stores give up what went. Each
 * part is done though another failed; then rejects as the last that did.
 */
export const tendMedia = async (context: KitContext, signal?: AbortSignal): Promise<TendMediaReport> => {
  const report: TendMediaReport = { followed: 0, failed: 0, abandoned: 0, dropped: 0, removed: 0, kept: 0 }
  let fault: unknown = null
  for (const part of parts) {
    if (signal?.aborted) break
    await part(context, report, signal).catch((error: unknown) => {
      fault = error
    })
  }
  if (fault !== null) throw fault
  return report
}
