import { attributeName, type PropertyKinds, propertyKinds } from '@venuekit/core/element'
import { properties } from '../api.ts'
import { parts } from '../parts.ts'
import type { ButtonHost } from './buttonApi.ts'

const kinds: PropertyKinds = propertyKinds(properties)

/** Tickets of its own in a dialog over the page. They stay mounted when it closes: an order under way is found again. */
export class TicketsDialog {
  readonly #host: ButtonHost
  readonly #dialog: HTMLDialogElement
  readonly #tickets: HTMLElement
  readonly #close: HTMLButtonElement
  #unlockPage: (() => void) | null = null

  constructor(host: ButtonHost, root: HTMLElement) {
    const page = host.ownerDocument
    this.#host = host
    this.#dialog = page.createElement('dialog')
    this.#dialog.part.add('dialog')
    this.#tickets = page.createElement('venuekit-tickets')
    this.#tickets.setAttribute('loading', 'eager')
    this.#tickets.setAttribute('exportparts', parts.join())
    this.#close = createCloseButton(page, () => this.close())
    this.#dialog.append(this.#close, this.#tickets)
    // Escape closes without a word to us; the event comes later, maybe when the dialog is open again.
    this.#dialog.addEventListener('close', () => {
      if (!this.#dialog.open) this.#release()
    })
    // On the backdrop; what is inside the box has the tickets or the close button as its target.
    this.#dialog.addEventListener('click', event => {
      if (event.target === this.#dialog) this.close()
    })
    root.append(this.#dialog)
  }

  open(): void {
    if (this.#dialog.open) return
    this.update()
    this.#dialog.showModal()
    this.#unlockPage = lockScroll(this.#host.ownerDocument)
  }

  close(): void {
    this.#dialog.close()
    this.#release()
  }

  /** What the button that closes says. */
  label(close: string): void {
    this.#close.ariaLabel = close
  }

  /** Hands on what the page set on the button. */
  update(): void {
    for (const [name, kind] of Object.entries(kinds)) {
      if (name === 'loading') continue
      if (kind === 'value') Reflect.set(this.#tickets, name, Reflect.get(this.#host, name))
      else copyAttribute(this.#host, this.#tickets, attributeName(name))
    }
    copyAttribute(this.#host, this.#tickets, 'dir')
  }

  destroy(): void {
    this.#release()
    this.#dialog.remove()
  }

  #release(): void {
    this.#unlockPage?.()
    this.#unlockPage = null
  }
}

const copyAttribute = (from: Element, to: Element, name: string): void => {
  const value = from.getAttribute(name)
  if (value === null) to.removeAttribute(name)
  else to.setAttribute(name, value)
}

/** Keeps the page behind from scrolling; answers how to give it back as it was. */
const lockScroll = (page: Document): (() => void) => {
  const { style } = page.documentElement
  const before = style.overflow
  // Another dialog's doing, and its to undo.
  if (before === 'hidden') return () => {}
  style.overflow = 'hidden'
  return () => {
    style.overflow = before
  }
}

const createCloseButton = (page: Document, close: () => void): HTMLButtonElement => {
  const button = page.createElement('button')
  button.part.add('close')
  const namespace = 'http://www.w3.org/2000/svg'
  const icon = page.createElementNS(namespace, 'svg')
  const cross = page.createElementNS(namespace, 'path')
  for (const [name, value] of [
    ['viewBox', '0 0 16 16'],
    ['width', '16'],
    ['height', '16'],
    ['aria-hidden', 'true'],
  ])
    icon.setAttribute(name ?? '', value ?? '')
  cross.setAttribute('d', 'M3 3l10 10M13 3L3 13')
  icon.append(cross)
  button.append(icon)
  button.addEventListener('click', close)
  return button
}
