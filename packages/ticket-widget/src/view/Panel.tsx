import type { ComponentChildren } from 'preact'

interface Props {
  icon: 'clock' | 'check' | 'back' | 'alert'
  title: string
  text: string
  children?: ComponentChildren
}

const paths = {
  clock: 'M12 6.5V12l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z',
  check: 'm6.5 12.5 3.5 3.5 7.5-8',
  back: 'M8 8 4.5 11.5 8 15M5 11.5h9a4.5 4.5 0 0 1 0 9h-2',
  alert: 'M12 7v6.5M12 16.9v.1M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z',
} as const

/** One plain message in place of the form, with what can be done about it. */
export const Panel = ({ icon, title, text, children }: Props) => (
  <div class={`panel ${icon}`} part="panel" tabIndex={-1} data-focus={`panel ${title}`}>
    <svg class="sign" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[icon]} />
    </svg>
    <h3>{title}</h3>
    <p class="muted">{text}</p>
    {children}
  </div>
)
