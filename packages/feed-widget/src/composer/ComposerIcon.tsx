const paths = {
  image:
    'M4 6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM4 16l4.5-4.5L17 20M14 14l2-2 4 4M15 8.5v.1',
  video: 'M3 8a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2zM15 11l6-3.5v9L15 13',
  remove: 'M6 6l12 12M18 6L6 18',
  pause: 'M9 6v12M15 6v12',
  resume: 'M8 5.5v13l10.5-6.5z',
  retry: 'M19 12a7 7 0 1 1-2-4.9L19 9m0-5v5h-5',
}

/** A line drawing on a grid of 24; the control around it carries the name. */
export const ComposerIcon = ({ name }: { name: keyof typeof paths }) => (
  <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
)
