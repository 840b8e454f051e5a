import type { PropertyKinds } from '../element/propertyKinds.ts'

/** `[integrity, files it imports statically, theirs included]`, by file name. */
export type EmbedFiles = Record<string, readonly [integrity: string, imports: readonly string[]]>

/** What the embed build tells the loader: which elements there are, and what each of their first files must be. */
export interface EmbedManifest {
  /** Folder of the files beside `v1`, and what tells two builds on one page apart. */
  version: string
  /** By the element's name without `venuekit-`: the file with its body, and the properties of its shell. */
  widgets: Record<string, readonly [file: string, kinds: PropertyKinds]>
  /** What loads first of any widget, the table of the rest too. */
  files: EmbedFiles
  /**
   * The module that exports the files which load on demand, by `./name.js` as the build imports them: too many for a
   * loader that every page pays for.
   */
  more: string
}
