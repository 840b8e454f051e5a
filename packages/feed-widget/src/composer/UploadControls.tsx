import { fillMessage } from '../messages.ts'
import type { Attachment } from '../upload/Attachment.ts'
import { ComposerIcon } from './ComposerIcon.tsx'
import { useComposerMessages } from './useComposerMessages.ts'

/** Pause, go on, or try again, whichever there is. One button, so that the focus stays on it. */
export const UploadControls = ({ item }: { item: Attachment }) => {
  const words = useComposerMessages()
  const control = controlOf(item)
  if (!control) return null
  const label = fillMessage(words[control.message], { name: item.name })
  return (
    <button
      type="button"
      class="icon-button"
      part="button"
      aria-label={label}
      title={label}
      onClick={() => item[control.act]()}
    >
      <ComposerIcon name={control.icon} />
    </button>
  )
}

const pause = { icon: 'pause', message: 'pauseUpload', act: 'pause' } as const
const resume = { icon: 'resume', message: 'resumeUpload', act: 'resume' } as const
const retry = { icon: 'retry', message: 'retryUpload', act: 'resume' } as const

const controlOf = ({ state }: Attachment) => {
  if (state?.phase === 'sending' || state?.phase === 'stalled') return pause
  if (state?.phase === 'paused') return resume
  return state?.phase === 'failed' && state.problem?.canRetry ? retry : null
}
