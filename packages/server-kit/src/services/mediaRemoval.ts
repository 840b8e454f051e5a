import type { MediaRemoval } from '../ports/mediaFunctions.ts'
import type { MediaStore } from '../ports/mediaStore.ts'
import { errorText } from './errorText.ts'
import type { KitContext } from './kitContext.ts'

/** Every store once: one may serve both kinds. */
export const storesOf = ({ media }: Pick<KitContext, 'media'>): MediaStore[] => [
  ...new Set([media.image, media.video].filter(store => store !== undefined)),
]

export const findStore = (context: Pick<KitContext, 'media'>, name: string): MediaStore | null =>
  storesOf(context).find(store => store.name === name) ?? null

/** Has the store give it up, whose row asks for that. False where it could not: the job tries again. */
export const removeMedia = async (context: KitContext, removal: MediaRemoval): Promise<boolean> => {
  const row = { store: removal.store, store_key: removal.storeKey }
  try {
    await findStore(context, removal.store)?.remove(removal.storeKey)
  } catch (error) {
    const { tries } = await context.database.call('feed.fail_media_removal', { ...row, error: errorText(error) })
    context.log.warn('media could not be removed', { ...removal, tries, error: String(error) })
    return false
  }
  await context.database.call('feed.finish_media_removal', row)
  return true
}
