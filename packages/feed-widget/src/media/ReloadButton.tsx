import { MediaIcon } from './MediaIcon.tsx'
import { useMediaMessages } from './useMediaMessages.ts'

/** Tries again what did not load; where there is little room, without its words. */
export const ReloadButton = ({ onClick }: { onClick: () => void }) => {
  const words = useMediaMessages()
  return (
    <button type="button" class="plain" part="button" aria-label={words.reload} title={words.reload} onClick={onClick}>
      <MediaIcon name="reload" />
      <span class="words">{words.reload}</span>
    </button>
  )
}
