import { VenueKitError } from '@venuekit/core'
import type { TargetedEvent, TargetedMouseEvent } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { FeedRow } from '../feedRow.ts'
import { errorMessage } from '../messages.ts'
import type { PlainMessage } from './actingMessages.ts'
import type { Report } from './PostActions.ts'
import { useActing } from './useActing.ts'

const reasons: readonly (readonly [Report['reason'], PlainMessage])[] = [
  ['spam', 'reasonSpam'],
  ['abuse', 'reasonAbuse'],
  ['illegal', 'reasonIllegal'],
  ['other', 'reasonOther'],
]

/** As the contract has it. */
const noteLength = 1000

type Progress = { step: 'asking' | 'sending' } | { step: 'failed'; code: string }

/** Asks why a post is reported. What was chosen stays until the server has it. */
export const ReportDialog = ({ row, onClose }: { row: FeedRow; onClose: () => void }) => {
  const { words, messages, actions } = useActing()
  const dialog = useRef<HTMLDialogElement>(null)
  const [reason, setReason] = useState<Report['reason'] | null>(null)
  const [progress, setProgress] = useState<Progress>({ step: 'asking' })
  const note = useRef<HTMLTextAreaElement>(null)
  const isSending = progress.step === 'sending'
  useLayoutEffect(() => {
    // It may have been asked for in a widget that has gone meanwhile.
    if (dialog.current?.isConnected) dialog.current.showModal()
  }, [])

  const send = async (event: Event) => {
    event.preventDefault()
    if (reason === null) return dialog.current?.querySelector('input')?.focus()
    if (isSending) return
    setProgress({ step: 'sending' })
    const text = note.current?.value.trim()
    try {
      await actions.report(row, { reason, ...(text ? { note: text } : {}) })
      dialog.current?.close()
    } catch (error) {
      setProgress({ step: 'failed', code: error instanceof VenueKitError ? error.code : 'internal' })
    }
  }
  const closeOutside = ({ target, currentTarget }: TargetedMouseEvent<HTMLDialogElement>) => {
    if (target === currentTarget) currentTarget.close()
  }
  const id = `${row.key}-report`

  return (
    <dialog
      ref={dialog}
      class="dialog"
      part="dialog"
      aria-labelledby={id}
      aria-describedby={`${id}-intro`}
      onClose={onClose}
      onClick={closeOutside}
      onKeyDown={event => event.stopPropagation()}
    >
      <form onSubmit={event => void send(event)}>
        <h2 id={id}>{words.reportTitle}</h2>
        <p id={`${id}-intro`} class="intro">
          {words.reportIntro}
        </p>
        <div class="reasons" role="radiogroup" aria-labelledby={id}>
          {reasons.map(([value, name]) => (
            <label key={value} class="reason">
              <input
                type="radio"
                name="reason"
                value={value}
                checked={reason === value}
                onChange={() => setReason(value)}
              />
              <span>{words[name]}</span>
            </label>
          ))}
        </div>
        <label class="note">
          <span>{words.reportNote}</span>
          <textarea
            ref={note}
            rows={2}
            dir="auto"
            maxLength={noteLength}
            onInput={(event: TargetedEvent<HTMLTextAreaElement>) => grow(event.currentTarget)}
          />
        </label>
        {progress.step === 'failed' && (
          <p class="fault" role="alert">
            {words.reportFailed} {errorMessage(messages, progress.code)}
          </p>
        )}
        <div class="choices">
          <button type="button" class="quiet" part="button" onClick={() => dialog.current?.close()}>
            {words.cancel}
          </button>
          <button type="submit" class="primary" part="button" aria-disabled={reason === null || isSending}>
            {isSending ? words.reportSending : words.reportSend}
          </button>
        </div>
      </form>
    </dialog>
  )
}

/** The field is as high as its text, up to the style's limit. */
const grow = (field: HTMLTextAreaElement): void => {
  field.style.blockSize = 'auto'
  field.style.blockSize = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`
}
