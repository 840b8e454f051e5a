/** A picture's enlargement, and how far its middle is from the room's, in px. */
export interface Zoom {
  readonly scale: number
  readonly x: number
  readonly y: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Sizes in px, of the picture as it is without zoom, and of the room it stands in. */
export interface ZoomRoom {
  readonly picture: { readonly width: number; readonly height: number }
  readonly room: { readonly width: number; readonly height: number }
}

export const noZoom: Zoom = { scale: 1, x: 0, y: 0 }

const most = 5

const within = (value: number, limit: number): number => Math.min(Math.max(value, -limit), limit)

/** No further than the picture's own edges: beyond them there is nothing to see. */
const keepInside = ({ scale, x, y }: Zoom, { picture, room }: ZoomRoom): Zoom => ({
  scale,
  x: within(x, Math.max(0, (picture.width * scale - room.width) / 2)),
  y: within(y, Math.max(0, (picture.height * scale - room.height) / 2)),
})

/** So many times larger; what is at `point`, counted from the room's middle, stays there. */
export const zoomAt = (zoom: Zoom, factor: number, point: Point, room: ZoomRoom): Zoom => {
  const scale = Math.min(Math.max(zoom.scale * factor, 1), most)
  const grown = scale / zoom.scale
  const x = point.x - (point.x - zoom.x) * grown
  const y = point.y - (point.y - zoom.y) * grown
  return keepInside({ scale, x, y }, room)
}

export const panBy = (zoom: Zoom, by: Point, room: ZoomRoom): Zoom =>
  keepInside({ scale: zoom.scale, x: zoom.x + by.x, y: zoom.y + by.y }, room)
