import type { EmbedFiles, EmbedManifest } from './embedManifest.ts'

/** Loads a module of the embed build by its file name. */
export type Importer = (file: string) => Promise<object>

/** A bare `import()` of the page's: the loader's build passes it in, because the compiler would wrap it in a helper. */
export type ImportModule = (url: string) => Promise<object>

/**
 * An importer that announces each file by a `modulepreload` link first. The link carries the integrity: a file
 * that differs fills the module map with a failure, and the import that follows finds it there. `import()` itself
 * can carry neither integrity nor nonce (the nonce it has from the script that calls it).
 */
export const createImporter = (
  { files, more }: EmbedManifest,
  folder: string,
  nonce: string,
  importModule: ImportModule,
): Importer => {
  const announced = new Set<string>()

  const announce = (file: string) => {
    if (announced.has(file)) return
    announced.add(file)
    const link = document.createElement('link')
    link.rel = 'modulepreload'
    link.crossOrigin = ''
    link.integrity = files[file]?.[0] ?? ''
    if (nonce) link.nonce = nonce
    link.href = folder + file
    document.head.append(link)
  }

  return async file => {
    // Along with the first file: by the time that something is wanted on demand, the table is there.
    announce(more)
    if (!files[file]) Object.assign(files, ((await importModule(folder + more)) as { files: EmbedFiles }).files)
    announce(file)
    files[file]?.[1].forEach(announce)
    return importModule(folder + file)
  }
}
