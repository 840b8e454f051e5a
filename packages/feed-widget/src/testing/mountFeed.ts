import { vi } from 'vitest'
import '../auto.ts'
import type { VenueKitFeedElement } from '../element.ts'
import { createFeedServer, type FeedServer } from './feedServer.ts'

let mounts = 0

export const feedId = '0192f7a0-0000-7000-8000-000000000001'
export const maya = { id: 'maya', name: 'Maya Okafor', avatarUrl: null }

interface MountOptions {
  posts?: number
  pageSize?: number
  signedIn?: boolean
  /** Before the element asks for anything. */
  prepare?: (server: FeedServer) => void
  /** Before the element is in the document. */
  dress?: (element: VenueKitFeedElement) => void
}

export interface MountedFeed {
  readonly server: FeedServer
  readonly element: VenueKitFeedElement
  /** The first match inside the element's shadow root; throws where there is none. */
  find<Found extends HTMLElement = HTMLElement>(selector: string): Found
  all<Found extends HTMLElement = HTMLElement>(selector: string): Found[]
  /** The button with that name. */
  button(name: string): HTMLButtonElement
  /** Resolves when it is so, within twenty seconds. */
  until(isSo: () => boolean): Promise<void>
}

/** The real element in the page, on a feed in memory that stands behind the page's `fetch`. */
export const mountFeed = async (options: MountOptions = {}): Promise<MountedFeed> => {
  const { posts = 3, pageSize = 20, signedIn = true, prepare, dress } = options
  const server = createFeedServer({ feedId, viewer: maya, posts, pageSize })
  prepare?.(server)
  vi.stubGlobal('fetch', server.fetch)
  const element = document.createElement('venuekit-feed')
  element.apiUrl = 'https://api.example'
  // Elements of one API and key share what they have loaded: each has its own here.
  element.publishableKey = `vk_pub_test${++mounts}`
  element.feedId = feedId
  element.getToken = () => 'token'
  if (signedIn) element.viewer = maya
  dress?.(element)
  document.body.append(element)
  await element.ready
  return { server, element, ...look(element) }
}

const look = (element: HTMLElement) => {
  const all = <Found extends HTMLElement>(selector: string): Found[] => [
    ...(element.shadowRoot?.querySelectorAll<Found>(selector) ?? []),
  ]
  const found = <Found extends HTMLElement>(what: string, match: Found | undefined): Found => {
    if (!match) throw new Error(`The feed has no ${what}: ${element.shadowRoot?.textContent}`)
    return match
  }
  return {
    all,
    find: <Found extends HTMLElement>(selector: string) => found(selector, all<Found>(selector)[0]),
    button: (name: string) => {
      const named = (button: HTMLButtonElement) => (button.ariaLabel ?? button.textContent)?.trim() === name
      return found(`button “${name}”`, all<HTMLButtonElement>('button').find(named))
    },
    until: (isSo: () => boolean) =>
      vi.waitFor(
        () => {
          if (!isSo()) throw new Error(`Not so yet: ${isSo}; ${element.shadowRoot?.textContent}`)
        },
        { timeout: 20_000 },
      ),
  }
}

/** Resolves when the browser is about to paint the next frame. */
export const nextFrame = () => new Promise<number>(resolve => requestAnimationFrame(resolve))
