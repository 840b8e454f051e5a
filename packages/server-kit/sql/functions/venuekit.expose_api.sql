-- Brings `venuekit_api`, the one schema that a data API over HTTP may expose, to the catalogue's state: for each function
-- that the application may execute one wrapper of the same arguments, `ticketing.reserve_order` as
-- `ticketing_reserve_order`. For `service_role` alone, where a database has that role: nothing is granted elsewhere.
-- A wrapper that is as it should be is left alone. Answers how many were made or dropped.
create or replace function venuekit.expose_api() returns jsonb
language plpgsql volatile security definer set search_path = ''
as $$
declare
  wrapper record;
  service_role oid := (select r.oid from pg_roles r where r.rolname = 'service_role');
  made integer := 0;
  dropped integer := 0;
begin
  for wrapper in
    with wanted as (
      select n.nspname || '_' || p.proname as name, pg_get_function_arguments(p.oid) as arguments,
        pg_get_function_result(p.oid) as result,
        format('select %I.%I(%s)', n.nspname, p.proname,
          (select string_agg('$' || i, ', ' order by i) from generate_series(1, p.pronargs) i)) as body
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname in ('venuekit', 'ticketing', 'feed')
        and has_function_privilege('venuekit_app', p.oid, 'execute')
    ), present as (
      select p.oid, p.proname as name, pg_get_function_arguments(p.oid) as arguments,
        pg_get_function_result(p.oid) as result, p.prosrc as body
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'venuekit_api'
    )
    select w.name, w.arguments, w.result, w.body, p.oid::regprocedure as old_one
    from wanted w full join present p
      on (p.name, p.arguments, p.result, p.body) = (w.name, w.arguments, w.result, w.body)
    where w.name is null or p.name is null
    -- What goes goes first: a wrapper that has changed comes back under the same name.
    order by w.name nulls first
  loop
    if wrapper.old_one is not null then
      execute format('drop function %s', wrapper.old_one);
      dropped := dropped + 1;
    else
      execute format(
        'create function venuekit_api.%I(%s) returns %s language sql volatile security definer set search_path = '''' as %L',
        wrapper.name, wrapper.arguments, wrapper.result, wrapper.body);
      execute format('revoke execute on function venuekit_api.%I from public', wrapper.name);
      made := made + 1;
    end if;
  end loop;

  if service_role is not null then
    if not has_schema_privilege(service_role, 'venuekit_api', 'usage') then
      grant usage on schema venuekit_api to service_role;
    end if;
    for wrapper in
      select p.oid::regprocedure as signature
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = 'venuekit_api' and not has_function_privilege(service_role, p.oid, 'execute')
    loop
      execute format('grant execute on function %s to service_role', wrapper.signature);
    end loop;
  end if;
  return jsonb_build_object('made', made, 'dropped', dropped);
end
$$;

revoke execute on function venuekit.expose_api from public;
