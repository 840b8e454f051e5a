/** What a kind of trouble means, for the person who looks after it. */
export interface Advice {
  title: string
  meaning: string
  /** What to run first. */
  command: string | null
}

const known: Readonly<Record<string, Advice>> = {
  ghost_reservations: {
    title: 'Ghost reservations',
    meaning: 'Places are counted as reserved that no order holds: they cannot be sold.',
    command: 'venuekit audit',
  },
}

/** The advice on a kind; one that nobody has written about is still named. */
export const adviceOn = (kind: string): Advice =>
  known[kind] ?? {
    title: kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll('_', ' '),
    meaning: 'This version has nothing to say about it: look at its fields, and at docs/runbook.md.',
    command: 'venuekit health',
  }
