import type { ComponentChildren, TargetedMouseEvent } from 'preact'

interface Props {
  kind: 'primary' | 'quiet'
  busy?: boolean
  muted?: boolean
  submit?: boolean
  onClick?: (event: TargetedMouseEvent<HTMLButtonElement>) => void
  children: ComponentChildren
}

/** Stays focusable while busy: a disabled button would drop the focus of who pressed it. */
export const Button = ({ kind, busy = false, muted = false, submit = false, onClick, children }: Props) => (
  <button
    type={submit ? 'submit' : 'button'}
    class={`button ${kind}${muted ? ' muted' : ''}`}
    part={kind === 'primary' ? 'button primary-button' : 'button'}
    aria-disabled={busy || muted ? 'true' : undefined}
    onClick={event => {
      if (busy) event.preventDefault()
      else onClick?.(event)
    }}
  >
    {busy && <span class="spinner" aria-hidden="true" />}
    <span>{children}</span>
  </button>
)
