/** One PUT to an upload's address. */
export interface UploadPart {
  /** Where its first byte stands in the file, and how many it says it brings. */
  start: number
  length: number
  body: ReadableStream<Uint8Array>
}

/** An upload that an address stands for. */
export interface AddressedUpload {
  storeKey: string
  byteLength: number
}

/** `too_long`: more bytes came than the part announced; none of the surplus is kept. */
export type ReceivedPart = { outcome: 'received' | 'too_long'; receivedBytes: number } | { outcome: 'gone' }

export interface MediaFile {
  contentType: string
  byteLength: number
  /** The bytes from `start` to `end`, both included. */
  read(start: number, end: number): ReadableStream<Uint8Array<ArrayBuffer>>
}

/** A media store whose bytes pass through the kit's own address: `PUT /media/uploads/:token`, `GET /media/:name`. */
export interface MediaBytes {
  /** What this token of an upload's address stands for; null where nobody signed it, or its day is over. */
  address(token: string): Promise<AddressedUpload | null>
  /** How many bytes from the first on are safe on disk; null where the upload is gone. */
  countReceived(upload: AddressedUpload): Promise<number | null>
  /** Takes a part that begins where the last one ended. What came before a broken connection is kept. */
  receive(upload: AddressedUpload, part: UploadPart): Promise<ReceivedPart>
  /** A file that is ready; null where there is none by this name. */
  open(name: string): Promise<MediaFile | null>
}
