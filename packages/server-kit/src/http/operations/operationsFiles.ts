import type { AssetSource } from '../../ports/assets.ts'
import { ProblemError } from '../../services/problemError.ts'
import type { PageFiles } from './pageShell.ts'

/** Where the page's build lies among the assets. */
export const operationsFolder = 'ops/'

/** The files of the page's build. Throws `not_found` where the host gave the kit none. */
export const readPageFiles = async (assets: AssetSource | null): Promise<PageFiles> => {
  const bytes = await assets?.read(`${operationsFolder}manifest.json`)
  if (bytes) return JSON.parse(new TextDecoder().decode(bytes)) as PageFiles
  throw new ProblemError('not_found', {
    detail: 'The operations page is not among the assets of this kit: give it those that the package ships.',
  })
}
