import type { Message } from '@venuekit/core/element'

/** What visitors read where they write and attach images and videos, in English. `{name}` marks a value that is filled in. */
export const englishComposerMessages = {
  composerLabel: 'Write a post',
  post: 'Post',
  postShortcut: 'Post (Ctrl or ⌘ + Enter)',
  charactersLeft: 'Characters left: {count}',
  charactersOver: 'Characters over the limit: {count}',
  addImages: 'Add images',
  addVideo: 'Add a video',
  attached: 'Attached',
  limitsImages: { one: 'One image of up to {imageSize}.', other: 'Up to {images} images, {imageSize} each.' },
  limitsVideo: 'One video of up to {seconds} s, {videoSize}.',
  describe: 'Describe {name}',
  describeHint: 'Describe it for people who can’t see it',
  removeFile: 'Remove {name}',
  pauseUpload: 'Pause {name}',
  resumeUpload: 'Go on with {name}',
  retryUpload: 'Try {name} again',
  uploadPreparing: 'Getting ready…',
  uploadSending: 'Uploading, {percent}',
  uploadPaused: 'Paused at {percent}',
  uploadStalled: 'No connection. It goes on by itself.',
  uploadProcessing: 'Being processed. You can post it already.',
  uploadReady: 'Ready',
  uploadFailed: 'Not uploaded.',
  uploadDone: '{name} is uploaded',
  uploadsUnderWay: 'You can post when everything is uploaded.',
  uploadsFailed: 'Remove what could not be uploaded, or try again.',
  refused_empty: '{name} is empty.',
  refused_not_media: '{name} is not an image or video.',
  refused_wrong_type: '{name} is of a type that can’t be posted here.',
  refused_too_large: '{name} is too large: {size}. {limit} are allowed.',
  refused_too_long: '{name} is {seconds} s long. {limit} s are allowed.',
  refused_dimensions: '{name} has too many pixels: {width} × {height}.',
  refused_unreadable: '{name} could not be read. It may be damaged.',
  refused_truncated: '{name} is not complete. Choose the original file.',
  refused_too_many: '{name} was not added: {limit} is the most in a post.',
  refused_one_kind: '{name} was not added: a post has images or a video, not both.',
} as const

/** What says how many. */
type Counted = 'limitsImages'

export type ComposerMessages = {
  readonly [Name in keyof typeof englishComposerMessages]: Name extends Counted ? Message : string
}

/** A message that can be said as it is. */
export type PlainMessage = Exclude<keyof ComposerMessages, Counted>
