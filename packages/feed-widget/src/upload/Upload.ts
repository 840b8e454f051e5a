import { createId, type VenueKitClient, VenueKitError } from '@venuekit/core'
import type { CreateUploadRequest, Upload as ServerUpload } from '@venuekit/core/contracts'
import { sendBytes } from './sendBytes.ts'
import type { UploadProblem, UploadState } from './UploadState.ts'
import { waitForChance } from './waitForChance.ts'

interface UploadOptions {
  client: Pick<VenueKitClient, 'createUpload' | 'getUpload' | 'cancelUpload'>
  feedId: string
  kind: CreateUploadRequest['kind']
  contentType: string
  blob: Blob
  onChange(): void
  /** A clock in ms. */
  now?: () => number
  /** As `waitForChance`. */
  wait?: (delayMs: number, signal: AbortSignal) => Promise<void>
}

const pollMs = 3_000
const firstPauseMs = 1_000
const longestPauseMs = 30_000
/** Tries without a byte of progress, after which its owner is asked. */
const patience = 6

/** One file on its way to the server. It goes on by itself after a lost connection, from where the server has it. */
export class Upload {
  readonly #options: UploadOptions
  readonly #now: () => number
  readonly #wait: (delayMs: number, signal: AbortSignal) => Promise<void>
  #id = createId()
  #run: AbortController | null = null
  #isBegun = false
  #failures = 0
  #state: UploadState = { phase: 'paused', sentBytes: 0, problem: null, media: null }

  constructor(options: UploadOptions) {
    this.#options = options
    this.#now = options.now ?? (() => performance.now())
    this.#wait = options.wait ?? waitForChance
  }

  /** Its id at the server; another one after a retry that began anew. */
  get id(): string {
    return this.#id
  }

  get state(): UploadState {
    return this.#state
  }

  /** True where a post can name it. */
  get isIn(): boolean {
    return this.#state.phase === 'processing' || this.#state.phase === 'ready'
  }

  /** Begins, or goes on after a pause or a failure. */
  resume(): void {
    const { phase, problem } = this.#state
    if (this.#run || this.isIn || (problem && !problem.canRetry)) return
    this.#failures = 0
    if (phase === 'failed' && problem && gone.has(problem.code)) this.#beginAnew()
    this.#run = new AbortController()
    void this.#work(this.#run.signal)
  }

  pause(): void {
    const { phase } = this.#state
    if (phase !== 'sending' && phase !== 'stalled') return
    this.#stop()
    this.#set({ phase: 'paused' })
  }

  /** Sends and asks no more; what the server has stays there. */
  stop(): void {
    this.#stop()
  }

  /** Gives it up, at the server too; a request may outlive the page. */
  discard(): void {
    this.#stop()
    if (!this.#isBegun) return
    this.#isBegun = false
    this.#options.client.cancelUpload({ params: { uploadId: this.#id } }, { keepalive: true }).catch(() => {})
  }

  #stop(): void {
    this.#run?.abort()
    this.#run = null
  }

  #beginAnew(): void {
    this.#id = createId()
    this.#isBegun = false
    this.#set({ sentBytes: 0 })
  }

  async #work(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        this.#set({ phase: 'sending', problem: null })
        await this.#send(signal)
        await this.#follow(signal)
        break
      } catch (error) {
        if (signal.aborted) return
        const isLost = error instanceof VenueKitError && error.retryable && ++this.#failures < patience
        if (!isLost) {
          this.#set({ phase: 'failed', problem: problemOf(error) })
          break
        }
        this.#set({ phase: 'stalled', problem: problemOf(error) })
        await this.#wait(pauseMs(this.#failures, error), signal)
      }
    }
    if (!signal.aborted) this.#run = null
  }

  async #send(signal: AbortSignal): Promise<void> {
    const { client, feedId, kind, contentType, blob } = this.#options
    const body = { uploadId: this.#id, feedId, kind, contentType, byteLength: blob.size }
    const isBegun = this.#isBegun
    this.#isBegun = true
    const { upload } = await client.createUpload({ body }, { signal })
    if (upload.status !== 'waiting' || upload.uploadUrl === null) return
    await sendBytes({
      url: upload.uploadUrl,
      blob,
      isBegun,
      signal,
      now: this.#now,
      onProgress: sentBytes => {
        if (signal.aborted) return
        if (sentBytes > this.#state.sentBytes) this.#failures = 0
        this.#set({ sentBytes })
      },
    })
  }

  /** Asks what became of it until the server has made up its mind. */
  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const { upload } = await this.#options.client.getUpload({ params: { uploadId: this.#id } }, { signal })
      this.#failures = 0
      if (upload.status === 'ready') return this.#set({ phase: 'ready', problem: null, media: upload.media })
      if (upload.status === 'rejected') return this.#set({ phase: 'failed', problem: rejectionOf(upload) })
      this.#set({ phase: 'processing', problem: null })
      await this.#wait(pollMs, signal)
    }
  }

  #set(change: Partial<UploadState>): void {
    this.#state = { ...this.#state, ...change }
    this.#options.onChange()
  }
}

const pauseMs = (failures: number, error: VenueKitError): number =>
  error.retryAfterMs ?? Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1))

/** The same again would be refused again. */
const final = new Set(['media_rejected', 'forbidden', 'payload_too_large', 'invalid_request'])
/** The server has no such upload any more, or another one. */
const gone = new Set(['not_found', 'idempotency_conflict'])

const problemOf = (error: unknown): UploadProblem => {
  if (!(error instanceof VenueKitError)) return { code: 'internal', detail: null, canRetry: true }
  return { code: error.code, detail: error.detail, canRetry: !final.has(error.code) }
}

const rejectionOf = ({ rejection }: ServerUpload): UploadProblem => ({
  code: rejection?.reason ?? 'media_rejected',
  detail: rejection?.detail ?? null,
  canRetry: false,
})
