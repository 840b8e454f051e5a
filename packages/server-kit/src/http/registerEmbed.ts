import type { Hono } from 'hono'
import type { AssetSource } from '../ports/assets.ts'
import { ProblemError } from '../services/problemError.ts'
import type { KitEnv } from './kitEnv.ts'
import { operationsFolder } from './operations/operationsFiles.ts'
import { readEtag } from './readEtag.ts'
import { sendAsset } from './sendAsset.ts'

/** The widgets' files for any page in the world: no key, no cookie, open CORS. The operations page's are not for it. */
export const registerEmbed = (app: Hono<KitEnv>, assets: AssetSource): void => {
  app.get('/embed/:path{.+}', readEtag(), async c => {
    c.header('access-control-allow-origin', '*')
    const path = c.req.param('path')
    if (path.startsWith(operationsFolder)) throw new ProblemError('not_found', { detail: 'No such file in the build.' })
    return sendAsset(c, assets, path)
  })
}
