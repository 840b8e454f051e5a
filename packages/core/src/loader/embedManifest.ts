/** What the embed build tells the loader: which files exist, what each must be, and what each needs first. */
export interface EmbedManifest {
  /** Folder of the files beside `v1`, and what tells two builds on one page apart. */
  version: string
  /** The file that defines each element, by the element's name without `venuekit-`. */
  widgets: Record<string, string>
  /** `[integrity, files it imports statically, theirs included]`, by file name. */
  files: Record<string, readonly [integrity: string, imports: readonly string[]]>
}
