import type { ComponentChildren } from 'preact'

interface Props {
  tone: 'info' | 'warning' | 'danger'
  title: string
  children?: ComponentChildren
  /** Takes the focus when it appears with a key not seen before. */
  focusKey?: string | undefined
}

export const Banner = ({ tone, title, children, focusKey }: Props) => (
  <div class={`banner ${tone}`} part="notice" tabIndex={-1} data-focus={focusKey}>
    <svg class="mark" viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="10" cy="10" r="8.25" />
      <path d={tone === 'info' ? 'M10 9.2v4.6M10 6.2v.1' : 'M10 5.8v5M10 13.8v.1'} />
    </svg>
    <div role={focusKey ? 'alert' : undefined}>
      <p class="strong">{title}</p>
      {children}
    </div>
  </div>
)
