import { dayOf, idOf } from './bareTables.ts'

/** The event of rows that are of one. */
export const eventId = idOf(9)
const row = (rank: number) => ({ event_id: eventId, order_id: idOf(rank) })
export const order = (rank: number) => ({
  ...row(rank),
  status: 'reserved',
  total_minor: 1000,
  currency: 'USD',
  buyer_name: 'Ada',
  buyer_email: 'ada@example.com',
  created_at: dayOf(rank),
  hold_expires_at: dayOf(rank),
  hold_ends_at: dayOf(rank),
})
export const attempt = (rank: number) => ({
  ...row(rank),
  attempt_id: idOf(rank),
  status: 'attached',
  account: 'a',
  mode: 'test',
  ui: 'redirect',
  params: {},
  session_id: `cs_${rank}`,
  expires_at: dayOf(rank),
  begun_at: dayOf(rank),
})
export const payment = (rank: number) => ({
  ...row(rank),
  payment_id: idOf(rank),
  kind: 'gateway',
  status: 'applied',
  amount_minor: 1000,
  currency: 'USD',
  account: 'a',
  mode: 'test',
  session_id: `cs_${rank}`,
  source: {},
  received_at: dayOf(rank),
})
export const refund = (rank: number) => ({
  ...row(rank),
  refund_id: idOf(rank),
  payment_id: idOf(rank),
  amount_minor: 1000,
  currency: 'USD',
  status: 'pending',
  origin: 'automatic',
  gateway_refund_id: `re_${rank}`,
  requested_at: dayOf(rank),
  next_try_at: dayOf(rank),
})
export const dispute = (rank: number) => ({
  ...row(rank),
  gateway_dispute_id: `dp_${rank}`,
  payment_id: idOf(rank),
  amount_minor: 1000,
  currency: 'USD',
  status: 'needs_response',
  state: 'open',
  opened_at: dayOf(rank),
})
export const message = (rank: number) => ({
  ...row(rank),
  message_id: idOf(rank),
  kind: 'tickets',
  version: 1,
  created_at: dayOf(rank),
  due_at: dayOf(rank),
})
export const alert = (rank: number) => ({
  told: true,
  fingerprint: `${rank}`,
  kind: 'webhooks',
  detail: {},
  raised_at: dayOf(rank),
  seen_at: dayOf(rank),
})
/** Asked for this minute, so that it is owed what others raise. */
export const sink = (rank: number) => (rank === 0 ? { sink: 's', asked_at: new Date().toISOString() } : [])
export const delivery = (rank: number) => ({ sink: 's', fingerprint: `${rank}`, due_at: dayOf(rank) })
export const webhook = (rank: number) => ({
  account: 'a',
  gateway_event_id: `${rank}`,
  type: 'x',
  mode: 'test',
  payload: {},
  received_at: dayOf(rank),
  next_try_at: dayOf(rank),
})
export const orphan = (rank: number) => ({
  ...row(rank),
  account: 'a',
  session_id: `cs_${rank}`,
  amount_minor: 1,
  currency: 'USD',
  first_seen_at: dayOf(rank),
  due_at: dayOf(rank),
})
export const media = (rank: number) => ({
  upload_id: idOf(rank),
  venue_id: idOf(9),
  feed_id: idOf(9),
  viewer_id: 'ada',
  kind: 'image',
  content_type: 'image/jpeg',
  byte_length: 1,
  store: 'test',
  store_key: `${rank}`,
  created_at: dayOf(rank),
  changed_at: dayOf(rank),
})
export const removal = (rank: number) => ({
  store: 'test',
  store_key: `${rank}`,
  requested_at: dayOf(rank),
  due_at: dayOf(rank),
})
export const event = (rank: number) => ({
  event_id: idOf(rank),
  venue_id: idOf(9),
  name: 'Late Set',
  starts_at: dayOf(rank),
  over_at: dayOf(rank),
  time_zone: 'UTC',
  currency: 'USD',
  max_per_order: 10,
  max_hold_seconds: 3600,
  created_from: {},
  created_at: dayOf(rank),
})
export const checkpoint = (rank: number) => ({
  event_id: idOf(rank),
  checked_at: dayOf(rank),
  score: 0,
  parts: {},
  entry_id: 0,
  faulty_orders: [],
})
export const run = (rank: number) => ({
  run_id: idOf(rank),
  account: 'a',
  scheduled: false,
  window_from: dayOf(rank),
  window_until: dayOf(rank),
  status: 'finished',
  worker: 'w',
  started_at: dayOf(rank),
  touched_at: dayOf(rank),
  finished_at: dayOf(rank),
})
export const jobRun = (rank: number) => ({
  job: 'sweep',
  slot: `${rank}`,
  run_id: idOf(rank),
  worker: 'w',
  taken_at: dayOf(rank),
})
export const tier = (rank: number) => ({
  event_id: eventId,
  tier_id: idOf(rank),
  position: rank,
  name: 'Standing',
  price_minor: 1000,
  max_per_order: 10,
})
export const tierCounter = (rank: number) => ({ event_id: eventId, tier_id: idOf(rank), capacity: 10 })
export const post = (rank: number) => ({
  post_id: idOf(rank),
  feed_id: idOf(9),
  client_id: idOf(rank),
  author_id: 'ada',
  author: { id: 'ada', name: 'Ada', avatarUrl: null },
  text: '',
  request_hash: '',
  created_at: dayOf(0),
  position: `0000000000000${9 - rank}-${idOf(rank)}`,
})
