import type { Viewer } from '../ports/viewer.ts'

/** Control characters, and halves of what needs two units: Postgres takes neither NUL nor a half in JSON. */
const unfit = /[\p{Cc}\p{Cs}]/u

/** Text that an index and every answer can carry. */
export const isViewerId = (id: unknown): id is string =>
  typeof id === 'string' && id !== '' && id.length <= 255 && !unfit.test(id)

const maximumName = 120

const nameOf = (name: unknown): string => {
  const clean = typeof name === 'string' ? name.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim() : ''
  return [...clean].slice(0, maximumName).join('') || 'Guest'
}

/** An address of the web or the picture itself; whoever shows it may link to it, so that no script passes. */
const avatarOf = (avatarUrl: unknown): string | null => {
  if (typeof avatarUrl !== 'string' || avatarUrl.length > 2048 || unfit.test(avatarUrl)) return null
  const url = URL.parse(avatarUrl, 'https://page.invalid')
  if (avatarUrl === '' || url === null) return null
  return /^https?:/.test(url.protocol) || url.href.startsWith('data:image/') ? avatarUrl : null
}

/**
 * The viewer as posts may show it. Names and pictures are mostly the users' own to write: what cannot be kept or shown is
 * left out. Throws where the id is none, since that is a fault of the host's `auth`.
 */
export const safeViewer = ({ id, name, avatarUrl, roles }: Viewer): Viewer => {
  if (!isViewerId(id)) {
    throw new TypeError(
      '`auth` answered a viewer whose `id` is not a text of 1 to 255 characters without control characters',
    )
  }
  return { id, name: nameOf(name), avatarUrl: avatarOf(avatarUrl), roles }
}
