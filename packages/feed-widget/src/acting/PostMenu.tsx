import { useRef, useState } from 'preact/hooks'
import type { FeedRow } from '../feedRow.ts'
import { Drawing } from '../view/Drawing.tsx'
import { focusNeighbour } from '../view/rowFocus.ts'
import { icons } from './icons.ts'
import { Menu } from './Menu.tsx'
import { postChoices } from './postChoices.ts'
import { ReportDialog } from './ReportDialog.tsx'
import { useActing } from './useActing.ts'

/** The … of a post, and what it opens. */
export const PostMenu = ({ row }: { row: FeedRow }) => {
  const surface = useActing()
  const { words, actions, model } = surface
  const opener = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState<'first' | 'last' | null>(null)
  const [isReporting, setReporting] = useState(false)

  const remove = (byKeys: boolean) => {
    if (opener.current) focusNeighbour(opener.current)
    actions.remove(row, byKeys)
  }
  const viewerId = model.state.viewer?.id ?? null
  const choices = postChoices(surface, {
    row,
    viewerId,
    onDelete: remove,
    onReport: () => setReporting(actions.mayReport()),
  })
  if (choices.length === 0 || row.delivery !== 'sent') return null
  return (
    <div class="options">
      <button
        ref={opener}
        type="button"
        class="icon-button"
        part="button menu-button"
        aria-label={words.postOptions}
        aria-haspopup="menu"
        aria-expanded={open !== null}
        title={words.postOptions}
        onClick={() => setOpen(open ? null : 'first')}
        onKeyDown={event => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
          event.preventDefault()
          setOpen(event.key === 'ArrowUp' ? 'last' : 'first')
        }}
      >
        <Drawing path={icons.more} />
      </button>
      {open && (
        <Menu label={words.postOptions} choices={choices} opener={opener} start={open} onClose={() => setOpen(null)} />
      )}
      {isReporting && (
        <ReportDialog
          row={row}
          onClose={() => {
            setReporting(false)
            opener.current?.focus({ preventScroll: true })
          }}
        />
      )}
    </div>
  )
}
