const paths = {
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M9 6v12M15 6v12',
  soundOn: 'M4 9.5v5h3.5L12 18V6L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6m2.6-8.6a8 8 0 0 1 0 11.2',
  soundOff: 'M4 9.5v5h3.5L12 18V6L7.5 9.5zM16 9.8l4.4 4.4m0-4.4L16 14.2',
  expand: 'M9 4H4v5m11-5h5v5M9 20H4v-5m11 5h5v-5',
  broken:
    'M4 6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM4 16l4.5-4.5 3 3M14 14l2-2 4 4M15 8.5v.1M5 3l14 18',
  reload: 'M19 12a7 7 0 1 1-2-4.9L19 9m0-5v5h-5',
  clock: 'M12 7.5V12l3 2m-3-11a9 9 0 1 1 0 18 9 9 0 0 1 0-18',
  close: 'M6 6l12 12M18 6L6 18',
  previous: 'M14.5 5.5L8 12l6.5 6.5',
  zoom: 'M11 8v6m-3-3h6m1.5 4.5L20 20M11 5a6 6 0 1 1 0 12 6 6 0 0 1 0-12',
  next: 'M9.5 5.5L16 12l-6.5 6.5',
}

/** A line drawing on a grid of 24; the control around it carries the name. */
export const MediaIcon = ({ name }: { name: keyof typeof paths }) => (
  <svg class={`icon icon-${name}`} viewBox="0 0 24 24" aria-hidden="true">
    <path d={paths[name]} />
  </svg>
)
