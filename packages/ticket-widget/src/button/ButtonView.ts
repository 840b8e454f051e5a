import type { ElementView, Translation } from '@venuekit/core/element'
import type { Messages } from '../messages.ts'
import type { ButtonHost } from './buttonApi.ts'
import { buttonEnglish } from './buttonMessages.ts'
import { buttonStyles } from './buttonStyles.ts'
import { TicketsDialog } from './TicketsDialog.ts'

/** A button around the element's own children, and behind it the dialog, which is made when it opens first. */
export class ButtonView implements ElementView {
  readonly #host: ButtonHost
  readonly #root: HTMLElement
  readonly #label: HTMLSlotElement
  readonly #translation: Translation<Messages>
  #dialog: TicketsDialog | null = null
  #ended = false

  constructor(host: ButtonHost, root: HTMLElement, translation: Translation<Messages>) {
    const page = host.ownerDocument
    host.addStyles([buttonStyles])
    this.#host = host
    this.#root = root
    this.#translation = translation
    this.#label = page.createElement('slot')
    const button = page.createElement('button')
    button.part.add('button')
    button.ariaHasPopup = 'dialog'
    button.append(this.#label)
    button.addEventListener('click', () => this.open())
    root.append(button)
    this.#localise()
    void this.#openForReturn()
  }

  update(): void {
    this.#localise()
    this.#dialog?.update()
  }

  open(): void {
    this.#dialog ??= new TicketsDialog(this.#host, this.#root)
    this.#dialog.label(this.#word('closeTickets'))
    this.#dialog.open()
  }

  close(): void {
    this.#dialog?.close()
  }

  destroy(): void {
    this.#ended = true
    this.#dialog?.destroy()
  }

  #word(name: keyof typeof buttonEnglish): string {
    const word = this.#host.messages?.[name] ?? this.#translation.messages?.[name]
    return typeof word === 'string' ? word : buttonEnglish[name]
  }

  #localise(): void {
    this.#root.lang = this.#translation.locale
    this.#root.dir = this.#translation.direction
    this.#label.textContent = this.#word('openTickets')
    this.#dialog?.label(this.#word('closeTickets'))
  }

  /** Somebody comes back from paying for this event, and no other element of the page will show the order. */
  async #openForReturn(): Promise<void> {
    const { ownerDocument: page, eventId } = this.#host
    if (!page.location.hash.includes('venuekit-order=')) return
    try {
      const { checkout } = await import('../checkout/checkout.tsx')
      if (this.#ended || checkout.returnedEventId(page.location.href) !== eventId) return
    } catch (error) {
      this.#host.emitError(error)
      return
    }
    const others = [...page.querySelectorAll('venuekit-tickets')]
    if (!others.some(other => other.getAttribute('event-id') === eventId)) this.open()
  }
}
