-- For the role `venuekit_ops`: each event's health, live. Asked for one event it looks through that event alone.
create or replace view ticketing.event_health as
select e.event_id, e.venue_id, e.name, e.starts_at, e.status, ticketing.health_score(h.parts) as score, h.parts,
  (h.parts ->> 'ghost_reservations')::integer as ghost_reservations,
  (h.parts ->> 'overdue_reservations')::integer as overdue_reservations,
  (h.parts ->> 'paid_without_tickets')::integer as paid_without_tickets,
  (h.parts ->> 'free_without_tickets')::integer as free_without_tickets,
  (h.parts ->> 'tickets_without_payment')::integer as tickets_without_payment,
  (h.parts ->> 'oversold_tiers')::integer as oversold_tiers,
  (h.parts ->> 'oversold_pools')::integer as oversold_pools,
  (h.parts ->> 'counter_drift')::integer as counter_drift,
  (h.parts ->> 'journal_drift')::integer as journal_drift,
  (h.parts ->> 'line_drift')::integer as line_drift,
  (h.parts ->> 'stuck_refunds')::integer as stuck_refunds,
  (h.parts ->> 'waiting_reviews')::integer as waiting_reviews,
  (h.parts ->> 'unsent_messages')::integer as unsent_messages
from ticketing.events e
cross join lateral (select ticketing.health_parts(e.event_id) as parts offset 0) h;

grant select on ticketing.event_health to venuekit_ops;
