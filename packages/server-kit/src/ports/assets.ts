/** The files of the builds that the package ships, by their path below `embed/`: the widgets', and in `ops/` the page's. */
export interface AssetSource {
  /** The file's bytes; null where there is none. Paths come checked: no `..`, no leading slash. */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | null>
  /** The same, gzipped; left out where the platform compresses what it sends by itself. */
  readGzip?(path: string): Promise<Uint8Array<ArrayBuffer> | null>
}
