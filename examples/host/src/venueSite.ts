import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FetchHandler } from './listen.ts'
import { maya, signMemberToken } from './members.ts'

const folder = fileURLToPath(new URL('../../venue-site/public', import.meta.url))

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

interface VenueSite {
  /** Asked for each page: the API may start after the site. */
  apiUrl: () => string
  memberSecret: string
  /** What stands for `{{name}}` in the pages. */
  words: () => Promise<Record<string, string>>
}

/** As strict as a page can be: what the widgets need of the API, and nothing that a nonce does not name. */
const contentSecurityPolicy = (apiUrl: string, nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "style-src 'self'",
    `img-src 'self' data: blob: ${apiUrl}`,
    `media-src blob: ${apiUrl}`,
    `connect-src 'self' ${apiUrl}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')

/** The venue's own web server: its pages, and a token for the member it has signed in. */
export const createVenueSite = (site: VenueSite): FetchHandler => {
  return async request => {
    const { pathname } = new URL(request.url)
    if (request.method !== 'GET' && request.method !== 'HEAD') return new Response('Not allowed', { status: 405 })
    if (pathname === '/session')
      return Response.json({ token: await signMemberToken(site.memberSecret, maya), viewer: maya })
    const file = await readPage(pathname)
    if (!file) return new Response('There is no such page.', { status: 404 })
    const headers = { 'content-type': file.contentType, 'cache-control': 'no-cache' }
    if (!file.contentType.startsWith('text/html')) return new Response(new Uint8Array(file.bytes), { headers })
    const apiUrl = site.apiUrl()
    const nonce = randomBytes(16).toString('base64')
    const words: Record<string, string> = { ...(await site.words()), api: apiUrl, nonce }
    const html = file.bytes.toString().replace(/\{\{([\w.]+)\}\}/g, (_, name: string) => words[name] ?? '')
    return new Response(html, {
      headers: { ...headers, 'content-security-policy': contentSecurityPolicy(apiUrl, nonce) },
    })
  }
}

const readPage = async (pathname: string) => {
  const path = normalize(decodeURIComponent(pathname)).replace(/\/$/, '/index.html')
  const contentType = contentTypes[extname(path)]
  if (!contentType || path.includes('..')) return null
  try {
    return { contentType, bytes: await readFile(join(folder, path)) }
  } catch {
    return null
  }
}
