import type { ComponentChildren } from 'preact'

interface PanelProps {
  id: string
  title: string
  /** Beside the title: a figure, or what can be done. */
  aside?: ComponentChildren
  children: ComponentChildren
}

/** A part of the page with its heading; reasons lead here by its id. */
export const Panel = ({ id, title, aside, children }: PanelProps) => (
  <section class="panel" aria-labelledby={`${id}-title`} id={id} tabIndex={-1}>
    <header class="panel-head">
      <h2 id={`${id}-title`}>{title}</h2>
      {aside}
    </header>
    {children}
  </section>
)
