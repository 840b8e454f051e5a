import { useState } from 'preact/hooks'
import type { FeedRow } from '../feedRow.ts'
import { Drawing } from '../view/Drawing.tsx'
import { compactCount } from './compactCount.ts'
import { icons } from './icons.ts'
import { useActing } from './useActing.ts'

/** The heart under a post, and how many there are. It springs when it is pressed here, and not when it is painted. */
export const ReactButton = ({ row }: { row: FeedRow }) => {
  const { actions, words, locale } = useActing()
  const { count, mine } = row.post.reactions
  const [hasSprung, setHasSprung] = useState(false)
  return (
    <button
      type="button"
      class="react"
      part="button react-button"
      aria-pressed={mine}
      data-sprung={hasSprung && mine ? '' : undefined}
      onClick={() => {
        setHasSprung(true)
        actions.react(row)
      }}
    >
      <Drawing path={icons.heart} />
      <span class="spoken">{words.like}</span>
      {count > 0 && <span class="reactions"> {compactCount(count, locale)}</span>}
    </button>
  )
}
