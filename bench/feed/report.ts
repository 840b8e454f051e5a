import type { Result } from './measure.ts'
import type { ContenderName, Scrolled } from './page/main.ts'

const names: Record<ContenderName, string> = {
  widget: '`<venuekit-feed>`',
  venuekitList: 'VenueKit on a query client',
  documented: "TanStack's optimistic pattern",
  invalidating: 'invalidate and refetch',
}

const quantile = (values: readonly number[], part: number): number => {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}

const ms = (value: number): string => `${value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ms`

const cells = (result: Result, best: number): string[] => {
  const median = quantile(result.paintMs, 0.5)
  return [
    result.posts.toLocaleString('en'),
    names[result.contender],
    ms(median),
    ms(quantile(result.paintMs, 0.95)),
    `${(median / best).toFixed(1)} x`,
    String(quantile(result.frames, 0.5)),
    String(Math.max(...result.frames)),
    String(result.requests),
    `${(result.bytes / 1024).toFixed(1)} KB`,
    ms(result.settledMs),
    result.keepsPosted && result.keepsOthers ? 'kept' : result.keepsOthers ? 'of the post lost' : 'lost',
  ]
}

const head = [
  'posts',
  '',
  'median',
  'p95',
  'ratio',
  'frames',
  'at most',
  'requests',
  'bytes',
  'settled',
  'row identity',
]

/** From the click to the painted post and what followed, as a Markdown table. */
export const postTable = (results: readonly Result[]): string => {
  const best = (posts: number): number =>
    Math.min(...results.filter(result => result.posts === posts).map(({ paintMs }) => quantile(paintMs, 0.5)))
  const rows = results.map(result => cells(result, best(result.posts)))
  return [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n')
}

const share = ({ frames, late }: Scrolled): string => `${late} of ${frames} (${((100 * late) / frames).toFixed(1)} %)`

export const scrollLine = ({ widget, empty }: { widget: Scrolled; empty: Scrolled }): string =>
  `Frames over 16.7 ms while scrolling through 1,000 posts: ${share(widget)}; on an empty page of height: ${share(empty)}.`
