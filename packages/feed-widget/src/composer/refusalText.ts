import { errorMessage, type FeedMessages, fillMessage } from '../messages.ts'
import type { MediaRefusal } from '../upload/MediaRefusal.ts'
import type { UploadProblem } from '../upload/UploadState.ts'
import { byteText } from './byteText.ts'
import type { ComposerMessages, PlainMessage } from './composerMessages.ts'

type Words = FeedMessages & ComposerMessages

/** Why a file was not taken, in words. */
export const refusalText = (
  words: Words,
  { name, refusal }: { name: string; refusal: MediaRefusal },
  locale: string,
): string => {
  const { bytes, ...rest } = refusal.values
  const numbers = Object.entries(rest).map(([key, value]) => [key, value.toLocaleString(locale)])
  const values: Record<string, string> = { ...Object.fromEntries(numbers), name }
  if (bytes !== undefined) {
    values.size = byteText(bytes, locale)
    values.limit = byteText(refusal.values.limit ?? 0, locale)
  }
  return fillMessage(words[`refused_${refusal.code}`], values)
}

/** Why an upload failed, in words: the server says what is wrong with a file by the codes that are used here, too. */
export const problemText = (words: Words, name: string, { code, detail }: UploadProblem): string => {
  const key = `refused_${code}`
  const plain = Object.hasOwn(plainRefusals, code) && Object.hasOwn(words, key)
  if (plain) return fillMessage(words[key as keyof FeedMessages | PlainMessage], { name })
  return `${words.uploadFailed} ${detail ?? errorMessage(words, code)}`
}

/** Those whose words need nothing that the server does not say. */
const plainRefusals = { not_media: true, wrong_type: true, unreadable: true, truncated: true }
