/** A line drawing on a grid of 24, in the colour of the text around it; the words beside it carry the meaning. */
export const Drawing = ({ path }: { path: string }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={path} />
  </svg>
)
