import type { ComponentChildren } from 'preact'
import { MediaIcon } from './MediaIcon.tsx'

interface MediaNoticeProps {
  icon: 'clock' | 'broken'
  text: string
  children?: ComponentChildren
}

/** In the place of an image or video that cannot be shown. */
export const MediaNotice = ({ icon, text, children }: MediaNoticeProps) => (
  <div class={`notice-tile notice-${icon}`} part="media-notice">
    <MediaIcon name={icon} />
    <p>{text}</p>
    {children}
  </div>
)
