import { useLayoutEffect, useRef } from 'preact/hooks'
import { fillMessage } from '../messages.ts'
import type { Attachments } from '../upload/Attachments.ts'
import { useFeed } from '../view/feedContext.ts'
import { problemText, refusalText } from './refusalText.ts'
import { useComposerMessages } from './useComposerMessages.ts'

/** Tells screen readers of a file that is in, of one that stands still, and of one that was not taken. */
export const useUploadNews = ({ items, refused, reminders }: Attachments): void => {
  const { model, locale } = useFeed()
  const words = useComposerMessages()
  const told = useRef({ refused, reminders, phases: new Map<string, string>() })

  useLayoutEffect(() => {
    const before = told.current
    told.current = { refused, reminders, phases: new Map(items.map(item => [item.key, item.state?.phase ?? ''])) }
    const changed = items.filter(item => item.state && before.phases.get(item.key) !== item.state.phase)
    const texts = changed.flatMap(({ name, state }) => {
      if (state?.phase === 'ready') return fillMessage(words.uploadDone, { name })
      if (state?.phase === 'stalled') return words.uploadStalled
      return state?.phase === 'failed' && state.problem ? problemText(words, name, state.problem) : []
    })
    if (before.refused !== refused) texts.push(...refused.map(file => refusalText(words, file, locale)))
    if (before.reminders !== reminders) {
      const hasFailed = items.some(item => item.state?.phase === 'failed')
      texts.push(hasFailed ? words.uploadsFailed : words.uploadsUnderWay)
    }
    if (texts.length > 0) model.announce(() => texts.join(' '))
  })
}
