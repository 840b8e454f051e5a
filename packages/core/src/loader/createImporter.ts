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
  /** A `?` for each time that the file failed to load. */
  const failures: Record<string, string> = {}

  // What failed to load stays failed under its address (in Chromium too): the next try has another.
  const urlOf = (file: string) => folder + file + (failures[file] ?? '')

  const announce = (file: string) => {
    const url = urlOf(file)
    if (announced.has(url)) return
    announced.add(url)
    const link = document.createElement('link')
    link.rel = 'modulepreload'
    link.crossOrigin = ''
    link.integrity = files[file]?.[0] ?? ''
    if (nonce) link.nonce = nonce
    link.href = url
    document.head.append(link)
  }

  const load = async (file: string) => {
    const url = urlOf(file)
    try {
      return await importModule(url)
    } catch (error) {
      // Of many who waited for it, the first counts: two addresses that both came would be two modules.
      if (url === urlOf(file)) failures[file] = `${failures[file] ?? ''}?`
      throw error
    }
  }

  return async file => {
    // Along with the first file: by the time that something is wanted on demand, the table is there.
    announce(more)
    if (!files[file]) Object.assign(files, ((await load(more)) as { files: EmbedFiles }).files)
    announce(file)
    files[file]?.[1].forEach(announce)
    return load(file)
  }
}
