-- Forgets a bucket's window: what was counted did not take place.
create or replace function venuekit.give_rate_back(bucket text) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
begin
  delete from venuekit.rate_counters c where c.bucket = give_rate_back.bucket;
  return jsonb_build_object('outcome', 'given_back');
end
$$;

revoke execute on function venuekit.give_rate_back from public;
grant execute on function venuekit.give_rate_back to venuekit_app;
