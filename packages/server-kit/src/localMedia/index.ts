export { type LocalMediaOptions, localMedia } from './localMedia.ts'
