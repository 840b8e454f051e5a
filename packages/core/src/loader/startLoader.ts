import { orderFragment } from '../contracts/headers.ts'
import type { CreateBody } from '../element/createBody.ts'
import { versionOf } from '../element/defineElement.ts'
import type { ElementBody, ElementStage } from '../element/ElementBody.ts'
import { embedKey } from '../element/embedKey.ts'
import { shellWith } from '../element/shellWith.ts'
import { createImporter, type Importer, type ImportModule } from './createImporter.ts'
import type { EmbedManifest } from './embedManifest.ts'
import { fillPlaceholders } from './fillPlaceholders.ts'

/** Under this symbol of the page, the embed build's own dynamic imports find the importer of their version. */
export const importerKey = (version: string) => Symbol.for(embedKey + version)

/**
 * Starts the script-tag edition on the page: defines the elements, whose bodies load when they come near the screen.
 * `script` is the loader's own tag; the API's address and the page's nonce are read from it.
 */
export const startLoader = (manifest: EmbedManifest, script: HTMLScriptElement, importModule: ImportModule) => {
  const page = window as unknown as Record<symbol, Importer | undefined>
  const key = importerKey(manifest.version)
  if (page[key]) return
  const apiUrl = script.src.replace(/\/embed\/v1\/.*/, '')
  const load = createImporter(manifest, `${apiUrl}/embed/${manifest.version}/`, script.nonce, importModule)
  page[key] = load

  for (const [name, [file, kinds]] of Object.entries(manifest.widgets)) {
    class LoadedElement extends shellWith(kinds) {
      static readonly [versionOf] = manifest.version

      override connectedCallback(): void {
        if (!this.hasAttribute('api-url')) this.setAttribute('api-url', apiUrl)
        super.connectedCallback()
      }

      protected override isLazy(): boolean {
        // A buyer who comes back from paying waits for the tickets, wherever on the page they are.
        const isReturning = name !== 'feed' && location.hash.includes(orderFragment)
        return !isReturning && this.getAttribute('loading') !== 'eager'
      }

      protected override async loadBody(stage: ElementStage): Promise<ElementBody> {
        const { createBody } = (await load(file)) as { createBody: CreateBody }
        return createBody(this, stage)
      }
    }
    const tag = `venuekit-${name}`
    if (!customElements.get(tag)) customElements.define(tag, LoadedElement)
  }
  fillPlaceholders(Object.keys(manifest.widgets))
}
