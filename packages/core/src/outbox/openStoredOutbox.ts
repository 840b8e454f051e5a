import type { OutboxContext } from '../operations/Outbox.ts'
import type { OutboxStore } from './OutboxStore.ts'
import { openIndexedDbStore } from './openIndexedDbStore.ts'
import { StoredOutbox } from './StoredOutbox.ts'

/** Opens the outbox of a venue's viewer on this device, with what an earlier page left in it. */
export const openStoredOutbox = async (
  context: OutboxContext,
  openStore: () => Promise<OutboxStore> = openIndexedDbStore,
): Promise<StoredOutbox> => {
  const outbox = new StoredOutbox(await openStore(), context)
  await outbox.open()
  return outbox
}
