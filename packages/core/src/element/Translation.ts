import { resolveDirection, resolveLocale } from './locale.ts'
import type { VenueKitElement } from './VenueKitElement.ts'

/** Languages beyond English, each in a module of its own that loads on demand. */
export type Languages<Messages> = Readonly<Record<string, () => Promise<{ messages: Messages }>>>

/** How long a first view waits for its language rather than show English, which would soon be replaced. */
const patienceMs = 2_000

/**
 * An element's words in its language; English is always there. A language that we do not have reads as English, numbers
 * and dates too, unless the page brings `messages` of its own: then the locale is the page's.
 */
export class Translation<Messages extends object = object> {
  /** For Intl, and for `lang`. */
  locale = 'en'
  /** Null where English is spoken. */
  messages: Messages | null = null
  readonly #host: VenueKitElement
  readonly #languages: Languages<Messages>
  readonly #onLoad: () => void
  #wish = ''

  constructor(host: VenueKitElement, languages: Languages<Messages>, onLoad: () => void) {
    this.#host = host
    this.#languages = languages
    this.#onLoad = onLoad
  }

  get direction(): 'ltr' | 'rtl' {
    return resolveDirection(this.#host, this.locale)
  }

  /**
   * Takes up the language that the element is in now; one that failed to load is tried again. Resolves when its words
   * are there or failed to come, or have been waited for long enough. Never rejects: an event tells of a failure.
   */
  async follow(): Promise<void> {
    const locale = resolveLocale(this.#host)
    const [language = ''] = locale.split('-')
    const load = this.#languages[language]
    this.#wish = locale
    const speak = (messages: Messages | null) => {
      this.messages = messages
      this.locale = messages || language === 'en' || Reflect.get(this.#host, 'messages') ? locale : 'en'
    }
    if (!load) return speak(null)
    const take = (messages: Messages | null) => {
      // Another language is wanted meanwhile, or the view has gone.
      if (this.#wish !== locale) return
      speak(messages)
      this.#onLoad()
    }
    const loaded = load().then(
      ({ messages }) => take(messages),
      error => {
        take(null)
        this.#host.emitError(error)
      },
    )
    await Promise.race([loaded, new Promise(resolve => setTimeout(resolve, patienceMs))])
  }

  end(): void {
    this.#wish = ''
  }
}
