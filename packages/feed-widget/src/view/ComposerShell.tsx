import type { Viewer } from '@venuekit/core'
import { Avatar } from './Avatar.tsx'
import { useFeed } from './feedContext.ts'

/** In the composer's place, and of its size, until it has loaded; asks for it again where that failed. */
export const ComposerShell = ({ viewer }: { viewer: Viewer }) => {
  const { messages, loadWriting } = useFeed()
  return (
    <div class="composer" part="composer">
      <Avatar id={viewer.id} name={viewer.name} avatarUrl={viewer.avatarUrl ?? null} />
      <button type="button" class="shell" data-before="" onClick={loadWriting}>
        {messages.composerPlaceholder}
      </button>
    </div>
  )
}
