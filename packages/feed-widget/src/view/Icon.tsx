const paths = {
  delete: 'M4 7h16M10 11v6m4-6v6M6 7l1 13h10l1-13M9 7V4h6v3',
  alert: 'M12 8v5m0 3.2v.1M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18',
  speech: 'M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2',
  pin: 'M9 4h6l-1 6 3 3v2H7v-2l3-3-1-6m3 11v6',
}

/** A line drawing on a grid of 24, in the colour of the text around it; the words beside it carry the meaning. */
export const Icon = ({ name }: { name: keyof typeof paths }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
)
