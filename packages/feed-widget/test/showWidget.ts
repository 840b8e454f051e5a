import { expect, vi } from 'vitest'
import type { RaceStage } from '../../core/test/races/RaceStage.ts'
import '../src/auto.ts'

/**
 * The widget on the race's own list, where the end of the feed is far from the screen and loads nothing by itself. A
 * row that another element takes the place of is a fault of the stage.
 */
export const showWidget = async (stage: RaceStage): Promise<void> => {
  const element = document.createElement('venuekit-feed')
  const { session } = stage.venuekit
  element.feedId = stage.feedId
  element.client = Object.create(session, { feed: { value: (feedId: string) => session.feed(feedId, { limit: 3 }) } })
  element.style.cssText = 'position: absolute; inset-block-start: 20000px; inset-inline-start: 0; inline-size: 500px'
  document.body.append(element)
  stage.onClose(() => element.remove())
  await element.ready
  const root = element.shadowRoot
  if (!root) throw new Error('The widget has no root.')
  const rows = () => [...root.querySelectorAll('article')]
  const texts = () => rows().map(row => row.querySelector('.text')?.textContent)
  await vi.waitFor(
    () => {
      expect(texts()).toEqual(stage.texts())
      expect(root.querySelectorAll('.dock, .react')).toHaveLength(1 + rows().length)
      expect(root.querySelector('textarea')).not.toBeNull()
    },
    { timeout: 20_000 },
  )
  let before = new Map<string | undefined, Element>()
  const compare = () => {
    const now = new Map(rows().map(row => [row.dataset.key, row]))
    for (const [key, row] of now) {
      const known = before.get(key)
      if (known && known !== row) stage.faults.push(`${row.textContent}: another element`)
    }
    before = now
  }
  compare()
  const observer = new MutationObserver(compare)
  observer.observe(root, { childList: true, subtree: true })
  stage.onClose(() => observer.disconnect())
}
