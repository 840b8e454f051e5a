-- For the role `venuekit_ops`: every finding of every event and of the inbox, live. Asked for one event it looks
-- through that event alone.
create or replace view ticketing.audits as
select e.name as event_name, f.*
from ticketing.events e
cross join lateral ticketing.event_findings(e.event_id) as f
union all
select null, f.*
from venuekit.inbox_findings() as f;

grant select on ticketing.audits to venuekit_ops;
