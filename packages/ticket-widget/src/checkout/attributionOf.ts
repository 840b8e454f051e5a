import type { Attribution } from '@venuekit/core/contracts'

const names: readonly (keyof Attribution)[] = ['source', 'medium', 'campaign', 'term', 'content']

/** The campaign of a page's address, by its `utm_*` parameters; null where it names none. Nothing of it is kept. */
export const attributionOf = (href: string): Attribution | null => {
  const { searchParams } = new URL(href)
  const found = names.flatMap(name => {
    const value = searchParams
      .get(`utm_${name}`)
      ?.replace(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, 200)
      .trim()
    return value ? [[name, value] as const] : []
  })
  return found.length > 0 ? Object.fromEntries(found) : null
}
