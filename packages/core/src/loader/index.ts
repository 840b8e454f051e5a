export type { EmbedManifest } from './embedManifest.ts'
export { importerKey, startLoader } from './startLoader.ts'
