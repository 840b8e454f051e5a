/** The roles that every Supabase project has, where they are missing; for a superuser. */
export const supabaseRoles = `
do $$
declare
  wanted record;
begin
  for wanted in
    select * from (values ('anon', 'nologin noinherit'), ('authenticated', 'nologin noinherit'),
      ('service_role', 'nologin noinherit bypassrls'), ('authenticator', 'login noinherit')) as roles (name, attributes)
  loop
    if not exists (select from pg_roles r where r.rolname = wanted.name) then
      execute format('create role %I %s', wanted.name, wanted.attributes);
    end if;
  end loop;
  grant anon, authenticated, service_role to authenticator;
end
$$`
