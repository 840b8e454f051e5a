import { type Metric, type MetricKey, metricTable } from './metricTable.ts'

type Labels = Readonly<Record<string, string>>
type KeyOf<Type extends Metric['type']> = {
  [Key in MetricKey]: (typeof metricTable)[Key]['type'] extends Type ? Key : never
}[MetricKey]

interface Counted {
  labels: Labels
  count: number
}

export interface Distribution extends Counted {
  sum: number
  /** How many lay in each bucket alone, the last one beyond all bounds. */
  counts: number[]
}

/** More than all routes with all their methods and statuses: a bound, should a label ever run wild. */
const maximumSeries = 2_000

const bucketsOf = (key: KeyOf<'histogram'>): readonly number[] => metricTable[key].buckets

/** The series of one metric by their labels. */
class Series<Value extends Counted> {
  readonly #byLabels = new Map<string, Value>()

  find(labels: Labels, make: () => Value): Value | undefined {
    const id = JSON.stringify(labels)
    const known = this.#byLabels.get(id)
    if (known || this.#byLabels.size >= maximumSeries) return known
    const made = make()
    this.#byLabels.set(id, made)
    return made
  }

  get all(): Value[] {
    return [...this.#byLabels.values()]
  }
}

/** What this process has counted since it began. */
export class Measurements {
  readonly #counters = new Map<MetricKey, Series<Counted>>()
  readonly #histograms = new Map<MetricKey, Series<Distribution>>()

  count(key: KeyOf<'counter'>, labels: Labels): void {
    const series = this.#counters.get(key) ?? new Series<Counted>()
    this.#counters.set(key, series)
    const counted = series.find(labels, () => ({ labels, count: 0 }))
    if (counted) counted.count += 1
  }

  observe(key: KeyOf<'histogram'>, labels: Labels, value: number): void {
    const series = this.#histograms.get(key) ?? new Series<Distribution>()
    this.#histograms.set(key, series)
    const bounds = bucketsOf(key)
    const made = () => ({ labels, count: 0, sum: 0, counts: Array<number>(bounds.length + 1).fill(0) })
    const distribution = series.find(labels, made)
    if (!distribution) return
    const found = bounds.findIndex(bound => value <= bound)
    const place = found === -1 ? bounds.length : found
    distribution.counts[place] = (distribution.counts[place] ?? 0) + 1
    distribution.count += 1
    distribution.sum += value
  }

  counted(key: MetricKey): readonly Counted[] {
    return this.#counters.get(key)?.all ?? []
  }

  observed(key: MetricKey): readonly Distribution[] {
    return this.#histograms.get(key)?.all ?? []
  }
}
