import { expect, test } from 'vitest'
import { noZoom, panBy, zoomAt } from './zoom.ts'

const room = { picture: { width: 400, height: 200 }, room: { width: 400, height: 400 } }

test('what is under the fingers stays there while a picture grows', () => {
  const point = { x: 60, y: 0 }
  const { scale, x } = zoomAt(noZoom, 2, point, room)
  // The spot of the picture that was at 60 px from its middle is at 120 px now, and its middle has moved by -60 px.
  expect(scale).toBe(2)
  expect(60 * scale + x).toBe(point.x)
})

test('a picture grows to five times its size and shrinks to its own', () => {
  expect(zoomAt(noZoom, 40, { x: 0, y: 0 }, room).scale).toBe(5)
  expect(zoomAt({ scale: 2, x: 90, y: 0 }, 0.01, { x: 0, y: 0 }, room)).toEqual(noZoom)
})

test('no edge of a picture comes further than the edge of its room', () => {
  const zoom = zoomAt(noZoom, 3, { x: 0, y: 0 }, room)
  expect(panBy(zoom, { x: 5000, y: 5000 }, room)).toEqual({ scale: 3, x: 400, y: 100 })
  expect(panBy(zoom, { x: -5000, y: -5000 }, room)).toEqual({ scale: 3, x: -400, y: -100 })
})

test('a picture that is lower than its room stays in its middle', () => {
  const zoom = zoomAt(noZoom, 1.5, { x: 0, y: 180 }, room)
  expect(zoom.y).toBeCloseTo(0)
})
