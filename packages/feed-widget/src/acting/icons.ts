/** Line drawings on a grid of 24, as `Drawing` takes them. */
export const icons = {
  heart: 'M12 20.2C5.6 15.8 3.2 12.6 3.2 9.3a4.7 4.7 0 0 1 8.8-2.4 4.7 4.7 0 0 1 8.8 2.4c0 3.3-2.4 6.5-8.8 10.9z',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  delete: 'M4 7h16M10 11v6m4-6v6M6 7l1 13h10l1-13M9 7V4h6v3',
  pin: 'M9 4h6l-1 6 3 3v2H7v-2l3-3-1-6m3 11v6',
  flag: 'M6 21V4m0 .6c4-2.4 7 2.4 12 0v9c-5 2.4-8-2.4-12 0',
  up: 'M12 19V6m-6 5.5L12 5.5l6 6',
  offline:
    'M3 3l18 18M5 12.5a10 10 0 0 1 4.5-2.6m5 0a10 10 0 0 1 4.5 2.6M2 9a14 14 0 0 1 4.5-2.9M11 5a14 14 0 0 1 11 4M8.5 16a5 5 0 0 1 7 0M12 19.5h.01',
} as const
