import type { MediaItem } from '@venuekit/core/contracts'
import { VideoTile } from '../media/VideoTile.tsx'
import { ViewerPicture } from './ViewerPicture.tsx'

interface ViewerSlideProps {
  item: MediaItem
  name: string
  /** Its place, from 0. */
  index: number
  isCurrent: boolean
}

/** One image or video of the viewer. Those beside the current one are there to be swiped to, and to nobody else. */
export const ViewerSlide = ({ item, name, index, isCurrent }: ViewerSlideProps) => (
  <div class="slide" data-current={isCurrent} inert={!isCurrent} style={{ insetInlineStart: `${index * 100}%` }}>
    {item.kind === 'image' && <ViewerPicture item={item} />}
    {item.kind === 'video' && isCurrent && <VideoTile item={item} name={name} onOpen={null} />}
    {item.kind === 'video' && !isCurrent && item.posterUrl !== null && (
      <img class="large" src={item.posterUrl} alt="" />
    )}
  </div>
)
