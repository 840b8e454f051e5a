-- A reservation commits asynchronously; whatever else shares its transaction must not (a free order that reserved and
-- completed in one transaction lost an acknowledged ticket in a kill -9 run).
create or replace function venuekit.commit_durably() returns void
language plpgsql volatile security definer set search_path = ''
as $$
begin
  if current_setting('synchronous_commit') = 'off' then
    perform set_config('synchronous_commit', 'on', true);
  end if;
end
$$;

revoke execute on function venuekit.commit_durably from public;
