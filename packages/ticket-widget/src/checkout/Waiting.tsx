interface Props {
  title: string
  text?: string
}

export const Waiting = ({ title, text }: Props) => (
  <div class="panel" tabIndex={-1} data-focus={`waiting ${title}`}>
    <span class="spinner big" aria-hidden="true" />
    <h3>{title}</h3>
    {text && <p class="muted">{text}</p>}
  </div>
)
