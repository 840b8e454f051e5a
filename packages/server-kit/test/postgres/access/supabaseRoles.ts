/** The roles that Supabase makes, and a login that migrates and is no superuser, like its `postgres`. */
export const supabaseRoles = `
create role anon nologin noinherit;
create role authenticated nologin noinherit;
create role service_role nologin noinherit bypassrls;
create role authenticator login noinherit;
grant anon, authenticated, service_role to authenticator;
create role host login createrole createdb bypassrls;
grant anon, authenticated, service_role to host with admin option;`

/**
 * What Supabase does to new objects in `public`, done to new objects anywhere: those of the login that migrates, and of
 * the owner too, where the cluster has it already.
 */
export const supabaseDefaults = (role: string): string =>
  ['tables', 'sequences', 'functions', 'types', 'schemas']
    .map(
      kind =>
        `alter default privileges for role ${role} grant all on ${kind} to anon, authenticated, service_role;
         ${kind === 'schemas' ? '' : `alter default privileges for role ${role} grant all on ${kind} to public;`}`,
    )
    .join('\n')
