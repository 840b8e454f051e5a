/** What a request about a feed asks for. */
export type RequestKind = 'list' | 'create' | 'delete' | 'react' | 'pin' | 'info' | 'live'

export const requestKind = ({ method, url }: Request): RequestKind => {
  const { pathname } = new URL(url)
  if (pathname.endsWith('/live')) return 'live'
  if (method === 'GET') return pathname.endsWith('/posts') ? 'list' : 'info'
  if (method === 'PUT') return pathname.endsWith('/pin') ? 'pin' : 'react'
  return method === 'POST' ? 'create' : 'delete'
}
