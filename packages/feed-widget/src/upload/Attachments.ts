import type { FeedInfo } from '@venuekit/core/contracts'
import type { DraftMedia } from '../drafts.ts'
import { Attachment, type UploadPlace } from './Attachment.ts'
import { MediaRefusal } from './MediaRefusal.ts'
import { type RecognisedMedia, recogniseMedia } from './recogniseMedia.ts'

/** A file that was not taken, and why. */
export interface RefusedFile {
  readonly name: string
  readonly refusal: MediaRefusal
}

/** The images, or the one video, of the post that is being written. */
export class Attachments {
  readonly #place: UploadPlace
  readonly #onChange: () => void
  #items: readonly Attachment[] = []
  #refused: readonly RefusedFile[] = []
  /** Files are looked at one after the other, so that they stand in the order they were chosen. */
  #looking: Promise<void> = Promise.resolve()
  #reminders = 0
  #isEnded = false

  constructor(place: UploadPlace, onChange: () => void) {
    this.#place = place
    this.#onChange = onChange
  }

  get items(): readonly Attachment[] {
    return this.#items
  }

  /** Of the files chosen last. */
  get refused(): readonly RefusedFile[] {
    return this.#refused
  }

  /** How often somebody wanted to post before all was in. */
  get reminders(): number {
    return this.#reminders
  }

  /** True where all can be posted. */
  get areIn(): boolean {
    return this.#items.every(item => item.isIn)
  }

  /** Takes what the feed takes, and says of the rest why not. What was attached before stays. */
  add(files: readonly File[], info: FeedInfo): Promise<void> {
    this.#refused = []
    this.#looking = this.#looking.then(async () => {
      for (const file of files) await this.#look(file, info)
    })
    return this.#looking
  }

  remove(item: Attachment): void {
    item.discard()
    this.#items = this.#items.filter(other => other !== item)
    this.#refused = []
    this.#onChange()
  }

  /** Somebody wants to post what is not in yet, and is told. */
  remind(): void {
    if (this.areIn) return
    this.#reminders++
    this.#onChange()
  }

  /** Hands all of them over to a post. */
  take(): DraftMedia[] {
    const taken = this.#items.flatMap(item => item.take() ?? [])
    this.#items = []
    this.#refused = []
    this.#onChange()
    return taken
  }

  /** Gives all of them up. */
  end(): void {
    this.#isEnded = true
    for (const item of this.#items) item.discard()
    this.#items = []
  }

  async #look(file: File, info: FeedInfo): Promise<void> {
    try {
      const recognised = await this.#recognise(file, info)
      if (this.#isEnded) return
      const item = new Attachment({
        ...this.#place,
        file,
        recognised,
        limits: info.limits,
        onChange: this.#onChange,
      })
      this.#items = [...this.#items, item]
      this.#onChange()
      item.begin().catch(error => this.#refuse(file, error, item))
    } catch (error) {
      this.#refuse(file, error)
    }
  }

  async #recognise(file: File, { limits, features }: FeedInfo): Promise<RecognisedMedia> {
    const recognised = await recogniseMedia(file, limits)
    const isOn = recognised.kind === 'image' ? features.images : features.video
    if (!isOn) throw new MediaRefusal('wrong_type')
    if (this.#items.some(item => item.kind !== recognised.kind)) throw new MediaRefusal('one_kind')
    const most = recognised.kind === 'image' ? limits.imagesPerPost : 1
    if (this.#items.length >= most) throw new MediaRefusal('too_many', { limit: most })
    return recognised
  }

  #refuse(file: File, error: unknown, item?: Attachment): void {
    if (this.#isEnded) return
    const refusal = error instanceof MediaRefusal ? error : new MediaRefusal('unreadable')
    item?.discard()
    this.#items = this.#items.filter(other => other !== item)
    this.#refused = [...this.#refused, { name: file.name, refusal }]
    this.#onChange()
  }
}
