import type { Author } from '@venuekit/core/contracts'
import { useState } from 'preact/hooks'
import { initials, toneOf } from '../initials.ts'
import { useFeed } from './feedContext.ts'

/** Must match the tones in styles.ts. */
const tones = 6

/** The author's picture; their initials until it is there, and where there is none or it fails. */
export const Avatar = ({ id, name, avatarUrl }: Author) => {
  const { locale } = useFeed()
  const [failedUrl, setFailedUrl] = useState<string | null>(null)
  const picture = avatarUrl !== null && avatarUrl !== failedUrl
  return (
    <span class={`avatar tone-${toneOf(id, tones)}`} part="avatar" aria-hidden="true">
      {initials(name, locale)}
      {picture && (
        <img
          src={avatarUrl}
          alt=""
          width="40"
          height="40"
          loading="lazy"
          decoding="async"
          referrerpolicy="no-referrer"
          onError={() => setFailedUrl(avatarUrl)}
        />
      )}
    </span>
  )
}
