-- Adds webhooks whose signature was wrong to the present minute of their gateway. Days before yesterday go.
create or replace function venuekit.count_signature_failures(gateway text, failures integer) returns jsonb
language plpgsql volatile security definer set search_path = '' set lock_timeout = '3s'
as $$
#variable_conflict use_column
declare
  moment timestamptz := venuekit.clock();
begin
  insert into venuekit.signature_failures as s (gateway, minute, failures)
  values (count_signature_failures.gateway, date_trunc('minute', moment), count_signature_failures.failures)
  on conflict on constraint signature_failures_key do update
  set failures = least(s.failures::bigint + excluded.failures, 1000000000)::integer;
  delete from venuekit.signature_failures s where s.minute < moment - interval '2 days';
  return '{}';
end
$$;

revoke execute on function venuekit.count_signature_failures from public;
grant execute on function venuekit.count_signature_failures to venuekit_app;
