import { version } from '../version.ts'
import { embedKey } from './embedKey.ts'

/** What makes two widgets speak to the same API as the same person. */
export interface ClientIdentity {
  apiUrl: string
  publishableKey: string
  /** The signed-in viewer's id; null where nobody is. */
  viewerId: string | null
  /** Where no viewer is named, the function itself tells viewers apart. */
  getToken?: unknown
}

export interface SharedClient<Client> {
  client: Client
  /** Call once; the last holder's call disposes of the client. */
  release(): void
}

interface Entry {
  value: unknown
  holders: number
}

interface Registry {
  entries: Map<string, Entry>
  versions: Set<string>
  tokenIds: WeakMap<object, number>
  nextTokenId: number
}

const registryKey = Symbol.for('venuekit.clients')

/** One registry a page, also for copies of this module in other bundles. */
const registry = (): Registry => {
  const page = globalThis as { [registryKey]?: Registry }
  page[registryKey] ??= { entries: new Map(), versions: new Set(), tokenIds: new WeakMap(), nextTokenId: 1 }
  return page[registryKey]
}

/**
 * The client of that kind for exactly this version, API, key and viewer; made on first demand.
 * Another version on the page gets its own, and one warning.
 */
export const shareClient = <Client>(
  kind: string,
  identity: ClientIdentity,
  create: () => Client,
  dispose: (client: Client) => void = () => {},
): SharedClient<Client> => {
  const page = registry()
  warnOfVersions(page)
  const key = keyOf(page, kind, identity)
  const entry = page.entries.get(key) ?? { value: create(), holders: 0 }
  page.entries.set(key, entry)
  entry.holders += 1
  const client = entry.value as Client
  let held = true
  return {
    client,
    release: () => {
      if (!held) return
      held = false
      entry.holders -= 1
      if (entry.holders > 0) return
      page.entries.delete(key)
      dispose(client)
    },
  }
}

const keyOf = (
  page: Registry,
  kind: string,
  { apiUrl, publishableKey, viewerId, getToken }: ClientIdentity,
): string => {
  const viewer = viewerId ?? (typeof getToken === 'function' ? tokenId(page, getToken) : null)
  return JSON.stringify([version, kind, apiUrl.replace(/\/+$/, ''), publishableKey, viewer])
}

const tokenId = (page: Registry, getToken: object): number => {
  const id = page.tokenIds.get(getToken) ?? page.nextTokenId++
  page.tokenIds.set(getToken, id)
  return id
}

const warnOfVersions = ({ versions }: Registry): void => {
  const known = versions.size
  versions.add(version)
  // A loader that comes second finds its elements defined, and so never has a client.
  for (const symbol of Object.getOwnPropertySymbols(globalThis)) {
    const [, loaded] = (Symbol.keyFor(symbol) ?? '').split(embedKey)
    if (loaded) versions.add(loaded)
  }
  if (known < 2 && versions.size > 1) {
    console.warn(`VenueKit: versions ${[...versions].join(' and ')} are on one page, each for itself.`)
  }
}
