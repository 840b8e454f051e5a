-- For the role `venuekit_ops`: who changed an event or one of its tiers, and what: prices, times, status.
create or replace view ticketing.event_log as
select c.event_id, e.name as event_name, c.change_id, c.changed_at, c.actor, c.tier_id, t.name as tier_name, c.before, c.after
from ticketing.event_changes c
left join ticketing.events e on e.event_id = c.event_id
left join ticketing.tiers t on t.event_id = c.event_id and t.tier_id = c.tier_id;

grant select on ticketing.event_log to venuekit_ops;
