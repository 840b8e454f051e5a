import type { NewEvent } from '@venuekit/core/contracts'

/** What the demo's venue is, sells and says. The ids are fixed, so that pages can name them. */
export const venue = {
  id: '7e0f2c4a-5b1d-4c3e-9a68-2f1d0c9b8a71',
  name: 'The Net Loft',
  publishableKey: 'vk_pub_netloft00000000000000demo',
  feedId: '3c9d1e70-8a42-4f5b-b6d3-5e7a90c1f284',
  timeZone: 'America/Chicago',
} as const

export type NightName = 'marit' | 'session' | 'lamplighter'

export const nightIds: Record<NightName, string> = {
  marit: 'a1f4c8d2-3b6e-4d70-8c95-1e2f3a4b5c6d',
  session: 'b2e5d9c3-4c7f-4e81-9da6-2f3a4b5c6d7e',
  lamplighter: 'c3d6eab4-5d80-4f92-aeb7-3a4b5c6d7e8f',
}

export const lamplighterSeatId = 'f3a9edb7-80b3-42c5-81ea-6d7e8f9a0b12'

/** Places sold at the box office before the demo begins: one seat is left. */
export const soldAtTheDoor = [8, 8, 7]

const location = 'The Net Loft, Pier 4, Canal Park, Duluth'
const common = { venueId: venue.id, location, timeZone: venue.timeZone, currency: 'USD' }

/** The three nights, in the weeks after `now`. */
export const nights = (now: Date): Record<NightName, NewEvent> => ({
  marit: {
    ...common,
    id: nightIds.marit,
    name: 'Marit Halvorsen quartet',
    description: 'Songs for still water: one night, four string players and the ice going out.',
    ...evening(now, 'saturday', 14, 20, 2),
    maxPerOrder: 8,
    tiers: [
      {
        id: 'd1e7cb95-6e91-40a3-bfc8-4b5c6d7e8f90',
        name: 'Front table',
        description: 'A chair at one of six tables, and a pot of coffee',
        priceMinor: 4200,
        capacity: 24,
        maxPerOrder: 4,
      },
      {
        id: 'd2f8dca6-7fa2-41b4-80d9-5c6d7e8f9a01',
        name: 'Chair',
        description: 'Unreserved, doors an hour before',
        priceMinor: 2800,
        capacity: 70,
      },
      {
        id: 'd3a9edb7-80b3-42c5-91ea-6d7e8f9a0b12',
        name: 'Standing',
        description: 'By the hatch, with the harbour behind you',
        priceMinor: 1800,
        capacity: 26,
      },
    ],
  },
  session: {
    ...common,
    id: nightIds.session,
    name: 'Sunday session',
    description: 'Tunes in the round. Bring a fiddle, or only an ear.',
    ...evening(now, 'sunday', 3, 15, 3),
    maxPerOrder: 6,
    tiers: [
      {
        id: 'e1b0fec8-91c4-43d6-a2fb-7e8f9a0b1c23',
        name: 'A chair in the ring',
        description: null,
        priceMinor: 0,
        capacity: 40,
      },
    ],
  },
  lamplighter: {
    ...common,
    id: nightIds.lamplighter,
    name: 'The Lamplighter',
    description: 'The 1926 harbour melodrama, with Ada Virtanen at our own pump organ.',
    ...evening(now, 'friday', 10, 20, 1.5),
    maxPerOrder: 8,
    tiers: [
      {
        id: lamplighterSeatId,
        name: 'Seat',
        description: 'Around the screen, none behind a post',
        priceMinor: 2200,
        capacity: 24,
      },
    ],
  },
})

const weekdays = { sunday: 0, friday: 5, saturday: 6 } as const

/** The first such weekday at least `days` from now, at that hour of Duluth's winter clock. */
const evening = (now: Date, weekday: keyof typeof weekdays, days: number, hour: number, hours: number) => {
  const day = new Date(now)
  day.setUTCDate(day.getUTCDate() + days)
  day.setUTCDate(day.getUTCDate() + ((weekdays[weekday] - day.getUTCDay() + 7) % 7))
  const start = Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), hour + 6)
  return { startsAt: new Date(start).toISOString(), endsAt: new Date(start + hours * 3_600_000).toISOString() }
}

/** Oldest first. */
export const talk: { postId: string; clientId: string; author: { id: string; name: string }; text: string }[] = [
  {
    postId: '11aa0001-0000-4000-8000-000000000001',
    clientId: '22bb0001-0000-4000-8000-000000000001',
    author: { id: 'house', name: 'The Net Loft' },
    text: 'The stove is swept, the ladder has its new handrail, and the winter programme is up. See you upstairs.',
  },
  {
    postId: '11aa0002-0000-4000-8000-000000000002',
    clientId: '22bb0002-0000-4000-8000-000000000002',
    author: { id: 'member-ingrid', name: 'Ingrid Solberg' },
    text: 'Last Sunday we were nine fiddles and one very patient bodhrán. Somebody left a green scarf on the organ.',
  },
  {
    postId: '11aa0003-0000-4000-8000-000000000003',
    clientId: '22bb0003-0000-4000-8000-000000000003',
    author: { id: 'member-teo', name: 'Teo Ramírez' },
    text: 'Heard Marit’s quartet in Bergen in May. The slow one about the ferry is worth the ladder on its own.',
  },
  {
    postId: '11aa0004-0000-4000-8000-000000000004',
    clientId: '22bb0004-0000-4000-8000-000000000004',
    author: { id: 'house', name: 'The Net Loft' },
    text: 'The Lamplighter is down to its last seat. Ada has oiled the bellows.',
  },
]
