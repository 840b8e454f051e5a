import type { FeedInfo } from '@venuekit/core/contracts'
import { AttachButton } from './AttachButton.tsx'
import { useComposerMessages } from './useComposerMessages.ts'

interface AttachToolsProps {
  info: FeedInfo | null
  onFiles: (files: readonly File[]) => void
}

/** A button for each kind of media that the feed takes just now. */
export const AttachTools = ({ info, onFiles }: AttachToolsProps) => {
  const words = useComposerMessages()
  if (!info) return null
  const { features, limits } = info
  return (
    <>
      {features.images && (
        <AttachButton icon="image" name={words.addImages} types={limits.imageTypes} multiple onFiles={onFiles} />
      )}
      {features.video && (
        <AttachButton icon="video" name={words.addVideo} types={limits.videoTypes} multiple={false} onFiles={onFiles} />
      )}
    </>
  )
}
