import type { FeedRow } from '../feedRow.ts'
import { icons } from './icons.ts'
import type { MenuChoice } from './Menu.tsx'
import type { ActingSurface } from './useActing.ts'

interface Asked {
  row: FeedRow
  viewerId: string | null
  onDelete: (byKeys: boolean) => void
  onReport: () => void
}

/** What that viewer may do about a post. */
export const postChoices = (
  { words, actions, offer }: ActingSurface,
  { row, viewerId, onDelete, onReport }: Asked,
): MenuChoice[] => {
  const { post } = row
  const isPinned = post.pinnedAt !== null
  const pin = { name: isPinned ? words.unpin : words.pin, icon: icons.pin, choose: () => void actions.pin(row) }
  const report = { name: words.report, icon: icons.flag, choose: onReport }
  const remove = { name: words.delete, icon: icons.delete, isGrave: true, choose: onDelete }
  return [
    ...(offer.info?.permissions.moderate ? [pin] : []),
    ...(post.author.id === viewerId ? [] : [report]),
    ...(post.canDelete ? [remove] : []),
  ]
}
