import type { Database } from '../ports/database.ts'
import type { PublishableKey } from '../ports/venuekitFunctions.ts'
import { createRecentMap } from './recentMap.ts'

export interface PublishableKeys {
  /** Null where the key is unknown. A change of its origins shows after a few seconds. */
  find(publishableKey: string): Promise<PublishableKey | null>
}

export const keyForm = /^vk_pub_[A-Za-z0-9_-]{4,120}$/

export const createPublishableKeys = (database: Database, keepMs = 3000): PublishableKeys => {
  const recent = createRecentMap<Promise<PublishableKey | null>>({ keepMs, maximum: 1000 })
  const read = async (publishableKey: string): Promise<PublishableKey | null> => {
    const answer = await database.call('venuekit.find_key', { publishable_key: publishableKey })
    return answer.outcome === 'found' ? answer.key : null
  }
  return {
    async find(publishableKey) {
      if (!keyForm.test(publishableKey)) return null
      const known = recent.get(publishableKey)
      if (known) return known
      const lookup = read(publishableKey)
      recent.set(publishableKey, lookup)
      lookup.catch(() => recent.delete(publishableKey))
      return lookup
    },
  }
}
