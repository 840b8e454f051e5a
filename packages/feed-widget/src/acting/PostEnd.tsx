import type { FeedRow } from '../feedRow.ts'
import { ReactButton } from './ReactButton.tsx'
import { useActing } from './useActing.ts'

/** Under a post: its reactions, where the feed has them. Its room is there before that is known, so that nothing jumps. */
export const PostEnd = ({ row }: { row: FeedRow }) => {
  const { info, error } = useActing().offer
  const isOffered = info ? info.features.reactions : error === null
  if (!isOffered || row.delivery === 'failed') return null
  return <div class="row-end">{info && <ReactButton row={row} />}</div>
}
