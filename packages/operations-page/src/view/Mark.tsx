export type MarkKind = 'well' | 'attention' | 'quiet'

const paths: Record<MarkKind, string> = {
  well: 'M4 8.5l2.7 2.7L12 5.5',
  attention: 'M8 4v5M8 11.6v.4',
  quiet: 'M5 8h6',
}

/** A sign that does not speak by colour alone; words stand beside it. */
export const Mark = ({ kind }: { kind: MarkKind }) => (
  <svg class={`mark mark-${kind}`} viewBox="0 0 16 16" aria-hidden="true">
    <circle cx="8" cy="8" r="8" />
    <path d={paths[kind]} fill="none" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" />
  </svg>
)
