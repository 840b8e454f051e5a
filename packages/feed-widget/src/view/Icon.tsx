import { Drawing } from './Drawing.tsx'

const paths = {
  alert: 'M12 8v5m0 3.2v.1M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18',
  speech: 'M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2',
  pin: 'M9 4h6l-1 6 3 3v2H7v-2l3-3-1-6m3 11v6',
}

/** The drawings that the first paint needs. */
export const Icon = ({ name }: { name: keyof typeof paths }) => <Drawing path={paths[name]} />
