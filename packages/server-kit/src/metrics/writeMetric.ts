import type { Distribution } from './Measurements.ts'
import type { Metric } from './metricTable.ts'

/** One value of a metric. */
export interface Sample {
  labels?: Readonly<Record<string, string>>
  value: number
}

const escapeLabel = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
const escapeHelp = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')

const writeLabels = (labels: Readonly<Record<string, string>>): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

const line = (name: string, labels: Readonly<Record<string, string>>, value: number | string): string =>
  `${name}${writeLabels(labels)} ${value}`

const head = ({ name, help, type }: Metric): string[] => [
  `# HELP ${name} ${escapeHelp(help)}`,
  `# TYPE ${name} ${type}`,
]

/** A counter or gauge in Prometheus' text format; nothing where there is no sample. */
export const writeSamples = (metric: Metric, samples: readonly Sample[]): string[] =>
  samples.length === 0
    ? []
    : [...head(metric), ...samples.map(({ labels = {}, value }) => line(metric.name, labels, value))]

const writeDistribution = ({ name, buckets = [] }: Metric, { labels, counts, count, sum }: Distribution): string[] => {
  let below = 0
  const rows = buckets.map((bound, index) => {
    below += counts[index] ?? 0
    return line(`${name}_bucket`, { ...labels, le: String(bound) }, below)
  })
  return [
    ...rows,
    line(`${name}_bucket`, { ...labels, le: '+Inf' }, count),
    line(`${name}_sum`, labels, sum),
    line(`${name}_count`, labels, count),
  ]
}

/** A histogram in Prometheus' text format. */
export const writeHistogram = (metric: Metric, distributions: readonly Distribution[]): string[] =>
  distributions.length === 0
    ? []
    : [...head(metric), ...distributions.flatMap(distribution => writeDistribution(metric, distribution))]
