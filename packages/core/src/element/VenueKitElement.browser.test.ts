import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  createProbe,
  type Edition,
  editions,
  newTag,
  Probe,
  type ProbeElement,
} from '../../test/element/probeElement.ts'
import { defineElement } from './defineElement.ts'
import { MissingAttribute } from './MissingAttribute.ts'

const shown = (element: Element): HTMLElement | null =>
  element.shadowRoot?.querySelector<HTMLElement>("[part='root']:not([hidden])") ?? null
const slot = (element: Element) => element.shadowRoot?.querySelector('slot')
const nextTask = () => new Promise(resolve => setTimeout(resolve))

const rejections: PromiseRejectionEvent[] = []
const onRejection = (event: PromiseRejectionEvent) => void rejections.push(event)

beforeEach(() => {
  rejections.length = 0
  addEventListener('unhandledrejection', onRejection)
})

afterEach(async () => {
  document.body.replaceChildren()
  await nextTask()
  removeEventListener('unhandledrejection', onRejection)
  vi.restoreAllMocks()
})

describe.each(Object.entries(editions))('by the %s', (_, edition: Edition) => {
  let probe: Probe
  const create = (): ProbeElement => createProbe(edition, probe)

  beforeEach(() => {
    probe = new Probe()
  })

  test('properties mirror their attributes, booleans by presence, choices by their names', () => {
    const element = create()
    expect([element.apiUrl, element.theme, element.live]).toEqual([null, 'auto', false])
    element.apiUrl = 'https://api.example'
    element.live = true
    element.theme = 'dark'
    expect(element.outerHTML).toContain('api-url="https://api.example" live="" theme="dark"')
    element.setAttribute('theme', 'neon')
    element.removeAttribute('live')
    expect([element.theme, element.live]).toEqual(['auto', false])
  })

  test('properties set before the element is defined survive the upgrade', async () => {
    const tag = newTag()
    const early = document.createElement(tag) as unknown as ProbeElement
    early.apiUrl = 'https://early.example'
    early.viewer = { id: 'v1' }
    document.body.append(early)
    defineElement(tag, edition(probe))
    await early.ready
    expect(early.getAttribute('api-url')).toBe('https://early.example')
    expect(early.viewer).toEqual({ id: 'v1' })
    expect(probe.calls).toEqual(['mount https://early.example'])
  })

  test('a move within the document keeps the view, a removal ends it', async () => {
    const element = create()
    document.body.append(element)
    await element.ready
    const root = shown(element)
    const elsewhere = document.createElement('section')
    document.body.append(elsewhere)
    elsewhere.append(element)
    await nextTask()
    expect(shown(element)).toBe(root)
    // The language may be another where it is now.
    expect(probe.calls).toEqual(['mount null', 'update lang'])
    element.remove()
    await nextTask()
    expect(probe.calls.slice(2)).toEqual(['destroy'])
    document.body.append(element)
    await nextTask()
    expect(probe.calls.slice(2)).toEqual(['destroy', 'mount null'])
  })

  test('a language set on anything around it is heard, through shadow roots, and after a move', async () => {
    const [page, elsewhere, host] = ['section', 'section', 'div'].map(name => document.createElement(name))
    if (!page || !elsewhere || !host) throw new Error('There are three.')
    document.body.append(page, elsewhere)
    page.append(host)
    const element = create()
    host.attachShadow({ mode: 'closed' }).append(element)
    await element.ready
    page.lang = 'de'
    elsewhere.lang = 'fr'
    await nextTask()
    expect(probe.calls.splice(0)).toEqual(['mount null', 'update lang'])
    page.lang = 'de'
    await nextTask()
    expect(probe.calls.splice(0)).toEqual([])
    elsewhere.append(host)
    await nextTask()
    page.lang = 'es'
    await nextTask()
    expect(probe.calls.splice(0)).toEqual(['update lang'])
    elsewhere.lang = 'ar'
    await nextTask()
    expect(probe.calls.splice(0)).toEqual(['update lang'])
  })

  test("the element's own children show until the view is ready", async () => {
    let proceed = () => {}
    probe.waitForView = new Promise(resolve => {
      proceed = resolve
    })
    const element = create()
    element.textContent = 'Tickets at the door'
    document.body.append(element)
    await nextTask()
    expect(slot(element)?.hidden).toBe(false)
    expect(shown(element)).toBeNull()
    expect(slot(element)?.assignedNodes()[0]?.textContent).toBe('Tickets at the door')
    proceed()
    await element.ready
    expect(slot(element)?.hidden).toBe(true)
    expect(shown(element)?.textContent).toBe('the view')
  })

  test('a skeleton shows where there are no children, and shared sheets style the view', async () => {
    const element = create()
    document.body.append(element)
    const skeleton = element.shadowRoot?.querySelector<HTMLElement>("[part='skeleton']")
    expect(skeleton?.offsetHeight).toBeGreaterThan(0)
    await element.ready
    expect(skeleton?.offsetHeight).toBe(0)
    const paragraph = element.shadowRoot?.querySelector('p')
    expect(paragraph && getComputedStyle(paragraph).color).toBe('rgb(1, 2, 3)')
    expect(element.shadowRoot?.querySelector('style')).toBeNull()
  })

  test('changes reach the view once a turn; a change of identity mounts anew', async () => {
    const element = create()
    document.body.append(element)
    await element.ready
    element.theme = 'dark'
    element.live = true
    element.lang = 'de'
    await nextTask()
    expect(probe.calls).toEqual(['mount null', 'update lang live theme'])
    element.apiUrl = 'https://other.example'
    await nextTask()
    expect(probe.calls.slice(2)).toEqual(['destroy', 'mount https://other.example'])
    element.viewer = null
    await nextTask()
    expect(probe.calls).toHaveLength(4)
  })

  test('methods wait for the view, and load what waited for the viewport', async () => {
    const element = create()
    element.loading = 'lazy'
    element.style.marginTop = '5000px'
    document.body.append(element)
    await nextTask()
    expect(probe.calls).toEqual([])
    await element.open()
    expect(probe.calls).toEqual(['mount null', 'open'])
  })

  test('a view that fails to mount says so, offers to try again, and leaves no rejection unhandled', async () => {
    probe.mountFailure = new Error('the chunk is gone')
    const element = create()
    const errors: unknown[] = []
    element.addEventListener('venuekit-error', event => errors.push((event as CustomEvent).detail))
    document.body.append(element)
    void element.open()
    await nextTask()
    await expect(element.ready).rejects.toThrow('the chunk is gone')
    expect(errors).toEqual([{ code: 'internal', message: 'the chunk is gone', error: probe.mountFailure }])
    const retry = shown(element)?.querySelector('button')
    probe.mountFailure = null
    retry?.click()
    await nextTask()
    expect(shown(element)?.textContent).toBe('the view')
    expect(rejections).toEqual([])
  })

  test('an element that lacks an attribute names it to developers, offers no retry, and comes with the attribute', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => {})
    probe.mountFailure = new MissingAttribute('venuekit-probe', 'api-url')
    const element = create()
    const errors: unknown[] = []
    element.addEventListener('venuekit-error', event => errors.push((event as CustomEvent).detail))
    document.body.append(element)
    await expect(element.ready).rejects.toThrow('api-url')
    expect(told).toHaveBeenCalledExactlyOnceWith(probe.mountFailure)
    expect(errors).toEqual([
      {
        code: 'missing_attribute',
        message: '<venuekit-probe> needs the attribute api-url.',
        error: probe.mountFailure,
      },
    ])
    expect(shown(element)?.querySelector('button')).toBeNull()
    expect(shown(element)?.textContent).toBe('This is not available yet.')
    probe.mountFailure = null
    element.apiUrl = 'https://api.example'
    await nextTask()
    expect(shown(element)?.textContent).toBe('the view')
  })

  test('the page rewords a failure like everything else', async () => {
    probe.mountFailure = new Error('the chunk is gone')
    const element = create()
    element.messages = { loadFailed: 'Das ging nicht.', loadRetry: 'Nochmal' }
    document.body.append(element)
    await nextTask()
    expect(shown(element)?.textContent).toBe('Das ging nicht. Nochmal')
  })

  test('events bubble out of shadow roots and can be cancelled where they say so', () => {
    const holder = document.createElement('div')
    const element = create()
    holder.attachShadow({ mode: 'open' }).append(element)
    document.body.append(holder)
    const heard: number[] = []
    document.body.addEventListener('venuekit-probe', event => {
      heard.push((event as CustomEvent<{ count: number }>).detail.count)
      event.preventDefault()
    })
    expect(element.emit('venuekit-probe', { count: 1 })).toBe(true)
    expect(element.emit('venuekit-probe', { count: 2 }, { cancelable: true })).toBe(false)
    expect(heard).toEqual([1, 2])
  })

  test('destroy ends the element for good', async () => {
    const element = create()
    document.body.append(element)
    await element.ready
    element.destroy()
    element.remove()
    document.body.append(element)
    await element.refresh()
    expect(probe.calls).toEqual(['mount null', 'destroy'])
    expect(slot(element)?.hidden).toBe(false)
  })

  test('a second definition is harmless, and another version is told of once', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    const tag = newTag()
    defineElement(tag, edition(probe))
    defineElement(tag, edition(probe))
    expect(warn).not.toHaveBeenCalled()
    const foreign = newTag()
    customElements.define(foreign, class extends HTMLElement {})
    defineElement(foreign, edition(probe))
    defineElement(foreign, edition(probe))
    expect(warn).toHaveBeenCalledTimes(1)
  })

  test('an element that moves into another document keeps its styles', async () => {
    const element = create()
    document.body.append(element)
    await element.ready
    const frame = document.createElement('iframe')
    document.body.append(frame)
    frame.contentDocument?.body.append(element)
    const paragraph = element.shadowRoot?.querySelector('p')
    expect(paragraph && frame.contentWindow?.getComputedStyle(paragraph).color).toBe('rgb(1, 2, 3)')
  })

  test('one hundred mounts and removals leave every view ended', async () => {
    const element = create()
    for (let turn = 0; turn < 100; turn++) {
      document.body.append(element)
      await nextTask()
      element.remove()
      await nextTask()
    }
    expect(probe.calls.filter(call => call === 'destroy')).toHaveLength(100)
    expect(element.shadowRoot?.querySelectorAll("[part='root']")).toHaveLength(0)
  })
})
