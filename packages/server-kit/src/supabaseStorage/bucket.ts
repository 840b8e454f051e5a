import { MediaStoreError } from '../ports/mediaStoreError.ts'

/** supabase-js' own errors, as far as they are told apart. */
interface StorageFault {
  message: string
  /** HTTP's; Storage says 400 of much, and means what `statusCode` says. */
  status?: number | undefined
  statusCode?: string | undefined
}

type Answer<Data> = PromiseLike<{ data: Data; error: null } | { data: null; error: StorageFault }>

interface ObjectOptions {
  contentType: string
  cacheControl?: string
  upsert?: boolean
  metadata?: Record<string, unknown>
}

interface ListedObject {
  name: string
  metadata: Record<string, unknown> | null
}

/** As much of a supabase-js client as the store needs. */
export interface StorageClient {
  storage: {
    from(bucket: string): {
      upload(path: string, body: Uint8Array<ArrayBuffer>, options: ObjectOptions): Answer<unknown>
      download(path: string): Answer<Blob>
      info(path: string): Answer<{ contentType?: string; metadata?: Record<string, unknown> }>
      list(path: string, options: { limit: number; offset: number }): Answer<ListedObject[]>
      remove(paths: string[]): Answer<unknown>
      getPublicUrl(path: string): { data: { publicUrl: string } }
    }
  }
}

export interface StoredObject {
  name: string
  byteLength: number
}

/** A bucket of Storage's; null or false where it says that something is not there. Throws `MediaStoreError`. */
export interface Bucket {
  /** False where an object of that name is there already. */
  put(path: string, bytes: Uint8Array<ArrayBuffer>, options: ObjectOptions): Promise<boolean>
  read(path: string): Promise<Uint8Array<ArrayBuffer> | null>
  describe(path: string): Promise<{ contentType: string; metadata: Record<string, unknown> } | null>
  /** Every object and folder directly below. */
  list(folder: string): Promise<StoredObject[]>
  remove(paths: readonly string[]): Promise<void>
  publicUrl(path: string): string
}

const statusOf = ({ status, statusCode }: StorageFault): number => Number(statusCode) || (status ?? 0)

const toError = (error: StorageFault, about: string): MediaStoreError => {
  const status = statusOf(error)
  const isPassing = status === 0 || status === 429 || status >= 500
  const mend =
    status === 404
      ? ' Make the buckets first: docs/supabase.md.'
      : status === 403
        ? ' It needs the service role’s key.'
        : ''
  const said = `Storage answered ${status || 'nothing'} to ${about}: ${error.message}.${mend}`
  return new MediaStoreError(isPassing ? 'unavailable' : 'failed', said, error)
}

const pageSize = 1000

const byteLengthOf = ({ metadata }: ListedObject): number => (typeof metadata?.size === 'number' ? metadata.size : 0)

export const openBucket = (client: StorageClient, name: string): Bucket => {
  const objects = () => client.storage.from(name)
  const isMissing = (error: StorageFault): boolean => statusOf(error) === 404 && !/bucket/i.test(error.message)
  return {
    async put(path, bytes, options) {
      const { error } = await objects().upload(path, bytes, options)
      if (error && statusOf(error) === 409) return false
      if (error) throw toError(error, `an upload to ${name}`)
      return true
    },
    async read(path) {
      const { data, error } = await objects().download(path)
      if (error && isMissing(error)) return null
      if (error) throw toError(error, `a download from ${name}`)
      return new Uint8Array(await data.arrayBuffer())
    },
    async describe(path) {
      const { data, error } = await objects().info(path)
      if (error && isMissing(error)) return null
      if (error) throw toError(error, `a question to ${name}`)
      return { contentType: data.contentType ?? '', metadata: data.metadata ?? {} }
    },
    async list(folder) {
      const found: StoredObject[] = []
      for (;;) {
        const { data, error } = await objects().list(folder, { limit: pageSize, offset: found.length })
        if (error) throw toError(error, `a listing of ${name}`)
        found.push(...data.map(object => ({ name: object.name, byteLength: byteLengthOf(object) })))
        if (data.length < pageSize) return found
      }
    },
    async remove(paths) {
      if (paths.length === 0) return
      const { error } = await objects().remove([...paths])
      if (error) throw toError(error, `a removal from ${name}`)
    },
    publicUrl: path => objects().getPublicUrl(path).data.publicUrl,
  }
}
