import { expect, test } from 'vitest'
import { watchReturn } from './watchReturn.ts'

test('it hears who looks at the page again and the network come back, until it is stopped', () => {
  const heard: string[] = []
  const stop = watchReturn(how => heard.push(how))
  const happen = () => {
    document.dispatchEvent(new Event('visibilitychange'))
    window.dispatchEvent(new Event('focus'))
    window.dispatchEvent(new Event('online'))
  }
  happen()
  expect(heard).toEqual(['looking', 'looking', 'online'])
  stop()
  happen()
  expect(heard).toHaveLength(3)
})

test('it keeps quiet while the page is hidden', () => {
  const heard: string[] = []
  const stop = watchReturn(how => heard.push(how))
  Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
  window.dispatchEvent(new Event('online'))
  Reflect.deleteProperty(document, 'visibilityState')
  stop()
  expect(heard).toEqual([])
})
