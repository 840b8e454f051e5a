interface Swipe {
  /** How far the pointer has gone sideways, in px. */
  readonly distance: number
  /** In px a millisecond, when it let go. */
  readonly velocity: number
  /** Of what is swiped, in px. */
  readonly width: number
}

const flick = 0.4

/** Which way a swipe ends: to the left (-1), to the right (1), or where it began. */
export const swipeResult = ({ distance, velocity, width }: Swipe): -1 | 0 | 1 => {
  const side = distance < 0 ? -1 : 1
  // A flick counts however short it was; one back towards the start takes the swipe back.
  if (Math.abs(velocity) > flick) return Math.sign(velocity) === side ? side : 0
  return Math.abs(distance) > width / 2 ? side : 0
}

/** How far something follows a pointer that pulls it beyond its end: less and less, never more than a third. */
export const rubberBand = (distance: number, width: number): number => {
  const pull = Math.abs(distance) / width
  return Math.sign(distance) * width * (1 - 1 / (pull * 0.55 + 1)) * 0.5
}
