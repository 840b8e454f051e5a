import { type FeedMessages, fillMessage } from '../messages.ts'
import type { Attachment } from '../upload/Attachment.ts'
import type { UploadState } from '../upload/UploadState.ts'
import { useFeed } from '../view/feedContext.ts'
import type { ComposerMessages, PlainMessage } from './composerMessages.ts'
import { problemText } from './refusalText.ts'
import { useComposerMessages } from './useComposerMessages.ts'

const texts: { readonly [Phase in UploadState['phase']]: PlainMessage } = {
  sending: 'uploadSending',
  stalled: 'uploadStalled',
  paused: 'uploadPaused',
  processing: 'uploadProcessing',
  ready: 'uploadReady',
  failed: 'uploadFailed',
}

/** How far a file is: a bar while it travels, and the same in words. */
export const UploadStatus = ({ item, id }: { item: Attachment; id: string }) => {
  const { locale } = useFeed()
  const words = useComposerMessages()
  const { state, progress } = item
  const phase = state?.phase ?? 'preparing'
  const percent = progress.toLocaleString(locale, { style: 'percent' })
  const text = statusText(words, item, percent)
  const isTravelling = phase === 'sending' || phase === 'stalled' || phase === 'paused'
  return (
    <div class="status">
      {isTravelling && (
        <div
          class="meter"
          part="upload-progress"
          role="progressbar"
          aria-label={item.name}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(progress * 100)}
          aria-valuetext={text}
        >
          <div style={{ inlineSize: `${progress * 100}%` }} />
        </div>
      )}
      <p id={id} class={phase === 'failed' ? 'failed' : ''}>
        {text}
      </p>
    </div>
  )
}

const statusText = (words: FeedMessages & ComposerMessages, { name, state }: Attachment, percent: string): string => {
  if (!state) return words.uploadPreparing
  const { phase, problem } = state
  const isTold = phase === 'failed' || (phase === 'stalled' && problem !== null && problem.code !== 'network')
  return isTold && problem ? problemText(words, name, problem) : fillMessage(words[texts[phase]], { percent })
}
