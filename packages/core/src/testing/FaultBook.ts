import type { RouteName } from '../contracts/routes.ts'
import type { Fault } from './Fault.ts'

interface Entry {
  route: RouteName
  fault: Fault
  left: number
}

/** The faults that wait for a request, each route's in the order they came. */
export class FaultBook {
  #entries: Entry[] = []

  /** Answers how to take it back. */
  add(route: RouteName, fault: Fault): () => void {
    const entry = { route, fault, left: fault.times ?? 1 }
    this.#entries.push(entry)
    return () => {
      this.#entries = this.#entries.filter(each => each !== entry)
    }
  }

  /** The fault that strikes this request, which is one less then. */
  take(route: RouteName): Fault | null {
    const entry = this.#entries.find(each => each.route === route && each.left > 0)
    if (!entry) return null
    entry.left--
    return entry.fault
  }

  clear(): void {
    this.#entries = []
  }
}
