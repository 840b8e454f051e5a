import { jobRules } from '../jobs/listJobs.ts'
import type { DatabaseMetrics } from '../ports/metricsFunctions.ts'
import type { KitContext } from '../services/kitContext.ts'
import { withinTime } from '../services/withinTime.ts'
import { databaseSamples } from './databaseSamples.ts'
import type { Measurements } from './Measurements.ts'
import { type Metric, type MetricKey, metricTable } from './metricTable.ts'
import { type Sample, writeHistogram, writeSamples } from './writeMetric.ts'

interface MetricsPageParts {
  context: KitContext
  measurements: Measurements
  isDraining: () => boolean
  /** In ms; monotonic. */
  now?: () => number
}

/** However often it is asked, the database is read once in that time. */
const freshMs = 5_000
/** What a page waits for the database, before it is written as if the database were away. */
const patienceMs = 3_000

export const metricsContentType = 'text/plain; version=0.0.4; charset=utf-8'

/** What `GET /metrics` shows. */
export class MetricsPage {
  readonly #parts: MetricsPageParts
  readonly #now: () => number
  #reading: Promise<DatabaseMetrics | null> | undefined
  #isPending = false
  #readAt = Number.NEGATIVE_INFINITY

  constructor(parts: MetricsPageParts) {
    this.#parts = parts
    this.#now = parts.now ?? (() => performance.now())
  }

  /** The whole page. A database that is away takes its own metrics from it, and nothing else. */
  async write(): Promise<string> {
    const read = await this.#readDatabase()
    const lines = Object.entries(metricTable).flatMap(([key, metric]) => this.#write(key as MetricKey, metric, read))
    return `${lines.join('\n')}\n`
  }

  /** Never asks while an earlier question has no answer: a database that hangs has that one and no more. */
  async #readDatabase(): Promise<DatabaseMetrics | null> {
    if (this.#reading === undefined || (!this.#isPending && this.#now() - this.#readAt >= freshMs)) {
      this.#readAt = this.#now()
      this.#reading = this.#ask()
    }
    if (!this.#isPending) return this.#reading
    return withinTime(this.#reading, patienceMs, null)
  }

  async #ask(): Promise<DatabaseMetrics | null> {
    const { context } = this.#parts
    this.#isPending = true
    try {
      return await context.database.call('venuekit.read_metrics', { jobs: jobRules(context) })
    } catch (error) {
      context.log.warn('the metrics of the database could not be read', { error: String(error) })
      return null
    } finally {
      this.#isPending = false
    }
  }

  #write(key: MetricKey, metric: Metric, read: DatabaseMetrics | null): string[] {
    const { measurements } = this.#parts
    if (metric.type === 'histogram') return writeHistogram(metric, measurements.observed(key))
    if (metric.type === 'counter') {
      const samples = measurements.counted(key).map(({ labels, count }) => ({ labels, value: count }))
      return writeSamples(metric, samples)
    }
    return writeSamples(
      metric,
      read ? (databaseSamples[key]?.(read) ?? this.#ofProcess(key, read)) : this.#ofProcess(key, read),
    )
  }

  #ofProcess(key: MetricKey, read: DatabaseMetrics | null): Sample[] {
    const { context, isDraining } = this.#parts
    const samples: Partial<Record<MetricKey, () => Sample[]>> = {
      liveStreams: () => [{ value: context.live.size }],
      draining: () => [{ value: Number(isDraining()) }],
      databaseUp: () => [{ value: Number(read !== null) }],
      connections: () =>
        Object.entries(context.database.connections?.() ?? {}).map(([state, value]) => ({ labels: { state }, value })),
    }
    return samples[key]?.() ?? []
  }
}
