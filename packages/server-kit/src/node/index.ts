export { defineHost, type Host } from './defineHost.ts'
export { directoryAssets } from './directoryAssets.ts'
export { type RunningServer, type ServeOptions, serve } from './serve.ts'
export { ServeError } from './serveError.ts'
