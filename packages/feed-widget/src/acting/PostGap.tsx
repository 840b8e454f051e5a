import { useState } from 'preact/hooks'
import type { FeedRow } from '../feedRow.ts'
import { focusRow } from '../view/rowFocus.ts'
import { useActing } from './useActing.ts'

/** More posts came at once than a page holds: offers those under this one that are not loaded. */
export const PostGap = ({ row }: { row: FeedRow }) => {
  const { model, messages, words } = useActing()
  const [asked, setAsked] = useState<string | null>(null)
  return (
    <div class="gap" part="gap">
      <button
        type="button"
        class="plain"
        part="button"
        onClick={event => {
          if (asked === row.gap?.rank) return
          focusRow(event.currentTarget)
          setAsked(row.gap?.rank ?? null)
          model.fillGap(row)
        }}
      >
        {asked !== null && asked === row.gap?.rank ? messages.loadingMore : words.showMissing}
      </button>
    </div>
  )
}
