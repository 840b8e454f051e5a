-- Runs before every migration and may run any number of times: roles, schemas, and the record of what was applied.
-- The migrating user need not be a superuser; CREATEROLE and CREATE on the database are enough.
do $$
declare
  wanted record;
  may_act boolean;
begin
  for wanted in
    select * from (values ('venuekit_owner'), ('venuekit_app'), ('venuekit_ops')) as roles (name)
  loop
    if not exists (select from pg_catalog.pg_roles r where r.rolname = wanted.name) then
      begin
        execute pg_catalog.format('create role %I nologin', wanted.name);
      exception when duplicate_object or unique_violation then
        null; -- another database of this cluster was migrated at the same moment
      end;
    end if;
  end loop;

  -- Since Postgres 16 the creator of a role administers it, and must grant itself the right to act as it.
  if pg_catalog.current_setting('server_version_num')::integer >= 160000 then
    may_act := pg_catalog.pg_has_role(current_user, 'venuekit_owner', 'set');
  else
    may_act := pg_catalog.pg_has_role(current_user, 'venuekit_owner', 'member');
  end if;
  if not may_act then
    execute pg_catalog.format('grant venuekit_owner to %I', current_user);
  end if;
end
$$;

create schema if not exists venuekit authorization venuekit_owner;
create schema if not exists ticketing authorization venuekit_owner;
create schema if not exists feed authorization venuekit_owner;
-- Wrappers of what the application may call, for data APIs over HTTP: see `venuekit.expose_api`.
create schema if not exists venuekit_api authorization venuekit_owner;

set local role venuekit_owner;

create table if not exists venuekit.migrations (
  number integer constraint migrations_key primary key,
  name text not null,
  checksum text not null,
  applied_at timestamptz not null
);

-- The newest release whose functions were applied: an older one leaves them alone.
create table if not exists venuekit.release (
  the_only boolean constraint release_key primary key constraint release_single check (the_only),
  version text not null,
  applied_at timestamptz not null
);

create table if not exists venuekit.functions (
  name text constraint functions_key primary key,
  checksum text not null,
  applied_at timestamptz not null
);
