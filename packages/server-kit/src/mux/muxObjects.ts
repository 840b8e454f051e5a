/** What we read of Mux's objects; all else is theirs. https://www.mux.com/docs/api-reference/video */
export interface MuxUpload {
  id: string
  /** `waiting`, `asset_created`, `errored`, `cancelled`, `timed_out`, and what Mux may add. */
  status: string
  url?: string
  asset_id?: string
}

interface MuxRendition {
  name?: string
  /** `preparing`, `ready`, `skipped`, `errored`. */
  status?: string
  width?: number
  height?: number
}

export interface MuxAsset {
  id: string
  /** `preparing`, `ready`, `errored`. */
  status: string
  upload_id?: string
  /** Seconds. */
  duration?: number
  playback_ids?: { id: string; policy?: string }[]
  tracks?: { type?: string; max_width?: number; max_height?: number }[]
  static_renditions?: { files?: MuxRendition[] }
  errors?: { type?: string; messages?: string[] }
}
