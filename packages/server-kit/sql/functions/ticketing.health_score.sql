-- 0 is perfect; each thing that is wrong adds one.
create or replace function ticketing.health_score(parts jsonb) returns integer
language sql immutable security definer set search_path = ''
as $$
  select least(coalesce(sum(p.value::integer), 0), 2147483647)::integer from jsonb_each_text(parts) as p
$$;

revoke execute on function ticketing.health_score from public;
grant execute on function ticketing.health_score to venuekit_ops;
