/**
 * Images and videos in a folder of this machine.
 * @module local-media
 */
export { type LocalMediaOptions, localMedia } from './localMedia.ts'
