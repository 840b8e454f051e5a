-- For the role `venuekit_ops`: what repairs changed, and who asked for it.
create or replace view ticketing.repair_log as
select r.event_id, e.name as event_name, r.repair_id, r.kind, r.actor, r.repaired_at, r.tier_id, r.pool_id, r.order_id,
  r.before, r.after
from ticketing.repairs r
left join ticketing.events e on e.event_id = r.event_id;

grant select on ticketing.repair_log to venuekit_ops;
