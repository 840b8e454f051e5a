import type { UploadRow } from '../ports/mediaFunctions.ts'
import type { MediaState } from '../ports/mediaStore.ts'
import type { KitContext } from './kitContext.ts'
import { findStore, removeMedia } from './mediaRemoval.ts'

const goneRejection = {
  reason: 'unreadable',
  detail: 'The file is no longer there. Upload it again.',
} as const

const known = (state: MediaState): Exclude<MediaState, { status: 'gone' }> =>
  state.status === 'gone' ? { status: 'rejected', rejection: goneRejection } : state

/**
 * Asks the upload's store what became of it and writes that down: after the last byte, on news from the store, and by
 * the job where either was lost. What is rejected is removed at once. Null where the upload was let go meanwhile.
 */
export const followUpload = async (context: KitContext, upload: UploadRow): Promise<UploadRow | null> => {
  const store = findStore(context, upload.store)
  if (!store) return upload
  const row = { store: upload.store, store_key: upload.storeKey }
  const state = known(await store.inspect(upload))
  const answer = await context.database.call('feed.record_upload', { ...row, state })
  if (answer.outcome === 'not_found') {
    // Cancelled while the store worked: its removal may have come before the work's last step.
    await store.remove(upload.storeKey)
    return null
  }
  context.live.wake()
  if (answer.upload.status === 'rejected' && upload.status !== 'rejected') await removeMedia(context, upload)
  return answer.upload
}
