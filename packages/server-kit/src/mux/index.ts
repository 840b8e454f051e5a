export { type MuxMediaOptions, muxMedia } from './muxMedia.ts'
