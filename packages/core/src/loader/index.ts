export type { EmbedFiles, EmbedManifest } from './embedManifest.ts'
export { importerKey, startLoader } from './startLoader.ts'
