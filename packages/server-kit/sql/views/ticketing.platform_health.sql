-- For the role `venuekit_ops`: one row, all events and what belongs to none. See `ticketing.platform_parts`.
create or replace view ticketing.platform_health as
select ticketing.health_score(h.parts) as score, h.parts,
  (select min(c.checked_at) from ticketing.health_checkpoints c) as oldest_checkpoint_at,
  (select count(*)::integer from ticketing.health_checkpoints c where c.score > 0) as events_with_faults
from (select ticketing.platform_parts() as parts offset 0) h;

grant select on ticketing.platform_health to venuekit_ops;
