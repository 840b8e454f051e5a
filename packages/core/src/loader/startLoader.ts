import { orderFragment } from '../contracts/headers.ts'
import { nearViewport } from '../element/nearViewport.ts'
import { createImporter, type Importer, type ImportModule } from './createImporter.ts'
import type { EmbedManifest } from './embedManifest.ts'
import { watchPage } from './watchPage.ts'

/** Under this symbol of the page, the embed build's own dynamic imports find the importer of their version. */
export const importerKey = (version: string) => Symbol.for(`venuekit.embed.${version}`)

/**
 * Starts the script-tag edition on the page: elements load when they come near the viewport. `script` is the
 * loader's own tag; the API's address and the page's nonce are read from it.
 */
export const startLoader = (manifest: EmbedManifest, script: HTMLScriptElement, importModule: ImportModule) => {
  const page = window as unknown as Record<symbol, Importer | undefined>
  const key = importerKey(manifest.version)
  if (page[key]) return
  const loaderUrl = script.src.split(/[?#]/)[0] ?? ''
  const apiUrl = loaderUrl.replace(/\/embed\/v1\/[^/]*$/, '')
  const load = createImporter(manifest, `${apiUrl}/embed/${manifest.version}/`, script.nonce, importModule)
  page[key] = load

  watchPage(Object.keys(manifest.widgets), (element, name) => {
    if (!element.hasAttribute('api-url')) element.setAttribute('api-url', apiUrl)
    const start = () => {
      load(manifest.widgets[name] ?? '').catch(error => {
        console.error(`VenueKit: <venuekit-${name}> could not be loaded from ${apiUrl}.`, error)
        element.dispatchEvent(new CustomEvent('venuekit-error', { bubbles: true, composed: true, detail: error }))
      })
    }
    // A buyer who comes back from paying waits for the tickets, wherever on the page they are.
    const returning = name === 'tickets' && location.hash.includes(orderFragment)
    if (returning || element.getAttribute('loading') === 'eager') start()
    else nearViewport(element, start)
  })
}
