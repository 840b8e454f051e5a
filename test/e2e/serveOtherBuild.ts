import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { embedFolder } from '../../scripts/buildEmbed.ts'
import type { HostSite } from './HostSite.ts'

const integrity = (code: string) => `sha256-${createHash('sha256').update(code).digest('base64')}`

/** Serves the embed build once more from another host, as if it were of that version: the same code, other hashes. */
export const serveOtherBuild = (site: HostSite, version: string): void => {
  const { version: built, more } = JSON.parse(readFileSync(join(embedFolder, 'manifest.json'), 'utf8')) as {
    version: string
    more: string
  }
  const hashes = new Map<string, string>()
  const serve = (path: string, from: string) => {
    const code = readFileSync(join(embedFolder, from), 'utf8')
    let other = code.replaceAll(built, version)
    for (const [before, after] of hashes) other = other.replaceAll(before, after)
    hashes.set(integrity(code), integrity(other))
    const headers = { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' }
    site.serve(path, () => new Response(other, { headers }))
  }
  const chunks = readdirSync(join(embedFolder, built)).filter(name => name !== more)
  for (const name of [...chunks, more]) serve(`/embed/${version}/${name}`, `${built}/${name}`)
  serve('/embed/v1/loader.js', 'v1/loader.js')
}
