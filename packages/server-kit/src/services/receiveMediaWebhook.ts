import type { MediaStore } from '../ports/mediaStore.ts'
import { MediaStoreError } from '../ports/mediaStoreError.ts'
import { followUpload } from './followUpload.ts'
import type { KitContext } from './kitContext.ts'
import { storesOf } from './mediaRemoval.ts'
import { ProblemError } from './problemError.ts'

type WebhookReader = MediaStore & { readWebhook: NonNullable<MediaStore['readWebhook']> }

const readsWebhooks = (store: MediaStore): store is WebhookReader => store.readWebhook !== undefined

const readKey = async (
  context: KitContext,
  store: WebhookReader,
  rawBody: string,
  signature: string | null,
): Promise<string | null> => {
  try {
    return await store.readWebhook(rawBody, signature)
  } catch (error) {
    if (!(error instanceof MediaStoreError) || error.kind !== 'bad_signature') throw error
    context.signatureFailures.note('mux')
    throw new ProblemError('invalid_request', { title: 'The webhook signature is not valid', detail: error.message })
  }
}

/**
 * News says only which upload it is about; what became of it the store is asked now, so that news twice, late or in
 * another order is harmless. Resolves once it is written down; throws where the store should tell it again.
 */
export const receiveMediaWebhook = async (
  context: KitContext,
  rawBody: string,
  signature: string | null,
): Promise<'done' | 'ignored'> => {
  const store = storesOf(context).find(readsWebhooks)
  if (!store) {
    throw new ProblemError('not_found', {
      title: 'Not available',
      detail: 'No media store of this kit sends webhooks.',
    })
  }
  const storeKey = await readKey(context, store, rawBody, signature)
  if (storeKey === null) return 'ignored'
  const found = await context.database.call('feed.find_stored_upload', { store: store.name, store_key: storeKey })
  if (found.outcome === 'not_found') return 'ignored'
  await followUpload(context, found.upload)
  return 'done'
}
