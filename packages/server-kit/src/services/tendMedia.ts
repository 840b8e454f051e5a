import { followUpload } from './followUpload.ts'
import type { KitContext } from './kitContext.ts'
import { removeMedia, storesOf } from './mediaRemoval.ts'

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

/** Ends between two items once the signal is aborted. */
type Part = (context: KitContext, report: TendMediaReport, signal: AbortSignal | undefined) => Promise<void>

const follow: Part = async (context, report, signal) => {
  const { uploads } = await context.database.call('feed.due_uploads', { max_uploads: batch })
  for (const upload of uploads) {
    if (signal?.aborted) return
    try {
      await followUpload(context, upload)
      report.followed += 1
    } catch (error) {
      report.failed += 1
      context.log.warn('a media store could not be asked', { uploadId: upload.id, error: String(error) })
    }
  }
}

const abandon: Part = async (context, report, signal) => {
  for (let round = 0; round < maximumBatches && !signal?.aborted; round += 1) {
    const { abandoned, dropped } = await context.database.call('feed.abandon_uploads', { max_uploads: batch })
    report.abandoned += abandoned
    report.dropped += dropped
    if (abandoned < batch && dropped < batch) return
  }
}

const remove: Part = async (context, report, signal) => {
  const stores = storesOf(context).map(store => store.name)
  for (let round = 0; round < maximumBatches && !signal?.aborted; round += 1) {
    const { removals } = await context.database.call('feed.take_media_removals', {
      stores,
      max_removals: batch,
      worker: context.worker,
      lease_seconds: leaseSeconds,
    })
    for (const removal of removals) {
      // What is left of the batch is another's once its lease is over.
      if (signal?.aborted) return
      if (await removeMedia(context, removal)) report.removed += 1
      else report.kept += 1
    }
    if (removals.length < batch) return
  }
}

/** Leaves out of a store what belongs to no upload any more. */
const sweep: Part = async (context, _report, signal) => {
  for (const store of storesOf(context)) {
    if (signal?.aborted) return
    await store.sweep?.()
  }
}

/** Second line of defence for media: asks after lost news, lets go what nobody took, has stores give up what went. */
export const tendMedia = async (context: KitContext, signal?: AbortSignal): Promise<TendMediaReport> => {
  const report: TendMediaReport = { followed: 0, failed: 0, abandoned: 0, dropped: 0, removed: 0, kept: 0 }
  for (const part of [follow, abandon, remove, sweep]) {
    if (!signal?.aborted) await part(context, report, signal)
  }
  return report
}
