/** What visitors read about images and videos, in English. `{name}` marks a value that is filled in. */
export const englishMediaMessages = {
  openPicture: 'Open picture {number} of {count}: {alt}',
  noDescription: 'no description',
  video: 'Video: {alt}',
  videoPlain: 'Video',
  pictureFailed: 'The picture could not be loaded.',
  videoFailed: 'The video cannot be played here.',
  mediaRefused: 'This could not be processed.',
  reload: 'Load again',
  processing: 'Processing…',
  play: 'Play',
  pause: 'Pause',
  sound: 'Sound',
  turnSoundOn: 'Turn sound on',
  turnSoundOff: 'Turn sound off',
  position: 'Position',
  positionText: '{at} of {length}',
  fullScreen: 'Full screen',
  viewer: 'Pictures and videos',
  close: 'Close',
  previous: 'Previous',
  next: 'Next',
  counter: '{number} of {count}',
  zoom: 'Zoom',
} as const

export type MediaMessages = { readonly [Name in keyof typeof englishMediaMessages]: string }
