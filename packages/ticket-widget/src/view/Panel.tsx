import type { ComponentChildren } from 'preact'

interface Props {
  /** A path in a square of 24. */
  sign: string
  warning?: boolean
  title: string
  text: string
  children?: ComponentChildren
}

/** One plain message in place of the form, with what can be done about it. */
export const Panel = ({ sign, warning = false, title, text, children }: Props) => (
  <div class={warning ? 'panel warning' : 'panel'} part="panel" tabIndex={-1} data-focus={`panel ${title}`}>
    <svg class="sign" viewBox="0 0 24 24" aria-hidden="true">
      <path d={sign} />
    </svg>
    <h3>{title}</h3>
    <p class="muted">{text}</p>
    {children}
  </div>
)
