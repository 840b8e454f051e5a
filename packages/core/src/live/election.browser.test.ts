import { afterEach, expect, test, vi } from 'vitest'
import { LiveStage } from '../../test/liveStage.ts'
import type { LiveUpdates } from './LiveUpdates.ts'

const frames: HTMLIFrameElement[] = []
const stops: (() => void)[] = []
const removed = (feedId: string) => ({ type: 'post_removed', feedId, postId: 'p', clientId: null }) as const

afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  for (const frame of frames.splice(0)) frame.remove()
})

const until = (isSo: () => unknown) => vi.waitFor(() => expect(isSo()).toBeTruthy(), 20_000)

/** Another document of the same origin, with locks and channels of its own; they go when it goes. */
const openFrame = async (scope: string) => {
  const frame = document.createElement('iframe')
  const url = new URL('../../test/liveStage.ts', import.meta.url).href
  frame.srcdoc = `<script type="module">
    import { LiveStage } from '${url}'
    window.openStage = scope => new LiveStage(scope)
  </script>`
  document.body.append(frame)
  frames.push(frame)
  const open = () => Reflect.get(frame.contentWindow ?? {}, 'openStage') as undefined | ((scope: string) => LiveStage)
  await until(open)
  const stage = open()?.(scope)
  if (!stage) throw new Error('The frame has no stage.')
  return { frame, stage }
}

const follow = (live: LiveUpdates, feedId: string) => void stops.push(live.feed(feedId))

test('of two documents one reads, both hear; another feed in the other one is read too', async () => {
  const scope = crypto.randomUUID()
  const here = new LiveStage(scope)
  const { stage: there } = await openFrame(scope)
  follow(here.open(), 'a')
  await until(() => here.isStreaming)
  follow(there.open(), 'b')
  await until(() => here.last.query.feeds === 'a,b' && here.isStreaming)
  here.last.tell(removed('a'), '1-1')
  here.last.tell(removed('b'), '1-2')
  await until(() => here.taken.length === 1 && there.taken.length === 1)
  expect([here.taken, there.taken]).toEqual([[removed('a')], [removed('b')]])
  expect(there.streams).toEqual([])
})

test('when the document that reads is hidden the other goes on where it stood; who comes back resumes', async () => {
  const scope = crypto.randomUUID()
  const here = new LiveStage(scope)
  const { stage: there } = await openFrame(scope)
  follow(here.open(), 'a')
  await until(() => here.isStreaming)
  follow(there.open(), 'a')
  await until(() => here.streams.length === 2 && here.isStreaming)
  here.last.tell(removed('a'), '2-1')
  await until(() => there.taken.length === 1)
  here.show(false)
  await until(() => there.isStreaming)
  expect(here.isStreaming).toBe(false)
  expect(there.last.lastEventId).toBe('2-1')
  there.last.tell(removed('a'), '2-2')
  await until(() => there.taken.length === 2)
  expect(here.taken).toHaveLength(1)
  there.show(false)
  expect(there.isStreaming).toBe(false)
  here.show(true)
  await until(() => here.isStreaming)
  expect(here.last.lastEventId).toBe('2-1')
})

test('when the document that reads dies the other takes over', async () => {
  const scope = crypto.randomUUID()
  const { frame, stage: dying } = await openFrame(scope)
  dying.open().feed('a')
  await until(() => dying.isStreaming)
  const here = new LiveStage(scope)
  follow(here.open(), 'a')
  await until(() => dying.streams.length === 2 && dying.isStreaming)
  frame.remove()
  await until(() => here.isStreaming)
})

test('two on one page share one stream as well', async () => {
  const stage = new LiveStage()
  follow(stage.open(), 'a')
  follow(stage.open(), 'a')
  await until(() => stage.isStreaming && stage.streams.length <= 2)
  await until(() => stage.streams.filter(stream => stream.isOpen()).length === 1)
  stage.last.tell(removed('a'), '3-1')
  await until(() => stage.taken.length === 2)
})
