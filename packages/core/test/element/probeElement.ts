import { createBody } from '../../src/element/createBody.ts'
import { defineElement } from '../../src/element/defineElement.ts'
import type { ElementBody, ElementStage } from '../../src/element/ElementBody.ts'
import type { ElementDefinition, ElementHost } from '../../src/element/ElementDefinition.ts'
import type { ElementView } from '../../src/element/ElementView.ts'
import { choice, flag, identity, text, value } from '../../src/element/elementProperty.ts'
import { elementWith } from '../../src/element/elementWith.ts'
import type { ElementMessages } from '../../src/element/failureBox.ts'
import { propertyKinds } from '../../src/element/propertyKinds.ts'
import { shellWith } from '../../src/element/shellWith.ts'
import type { ElementEvents } from '../../src/element/VenueKitElement.ts'

const table = {
  apiUrl: identity(text),
  theme: choice('auto', 'light', 'dark'),
  live: flag,
  loading: choice('eager', 'lazy'),
  viewer: identity(value<{ id: string }>()),
  messages: value<Partial<ElementMessages>>(),
}

interface ProbeEvents extends ElementEvents {
  'venuekit-probe': { count: number }
}

export type ProbeElement = ElementHost<typeof table, ProbeEvents>

/** An element that writes down what is asked of its views, and fails or waits as a test wants. */
export class Probe {
  calls: string[] = []
  mountFailure: Error | null = null
  waitForView: Promise<void> | null = null

  readonly definition: ElementDefinition<typeof table, ProbeEvents> = {
    properties: table,
    styles: ['p { color: rgb(1, 2, 3) }'],
    mountView: async (host, root) => {
      await this.waitForView
      if (this.mountFailure) throw this.mountFailure
      return this.#viewOf(host, root)
    },
  }

  #viewOf(host: ProbeElement, root: HTMLElement): ElementView {
    const { calls } = this
    calls.push(`mount ${host.apiUrl}`)
    const text = document.createElement('p')
    text.textContent = 'the view'
    root.append(text)
    return {
      update: changed => void calls.push(`update ${[...changed].sort().join(' ')}`),
      open: () => void calls.push('open'),
      refresh: () => void calls.push('refresh'),
      destroy: () => void calls.push('destroy'),
    }
  }
}

export type Edition = (probe: Probe) => CustomElementConstructor

/** The class of the package, and the shell of the script-tag edition, whose body comes over the network. */
export const editions: Record<string, Edition> = {
  package: probe => class extends elementWith(probe.definition) {},
  'script tag': probe =>
    class extends shellWith(propertyKinds(table)) {
      protected override async loadBody(stage: ElementStage): Promise<ElementBody> {
        await new Promise(resolve => setTimeout(resolve, 1))
        return createBody(probe.definition)(this, stage)
      }
    },
}

let tagNumber = 0

/** Each test has its own tag: definitions cannot be taken back. */
export const newTag = (): string => `venuekit-probe-${++tagNumber}`

/** Defines an element of that edition and makes one. */
export const createProbe = (edition: Edition, probe: Probe): ProbeElement => {
  const tag = newTag()
  defineElement(tag, edition(probe))
  // Its own tag is in no table of tags.
  return document.createElement(tag) as unknown as ProbeElement
}
