/** A login that migrates and is no superuser, like Supabase's `postgres`. */
export const hostLogin = `
create role host login createrole createdb bypassrls;
grant anon, authenticated, service_role to host with admin option;`

/** What Supabase does to new objects in `public`, done to whatever this role makes anywhere; to PUBLIC as well. */
export const supabaseDefaults = (role: string): string =>
  ['tables', 'sequences', 'functions', 'types', 'schemas']
    .map(kind => {
      const receivers = `anon, authenticated, service_role${kind === 'schemas' ? '' : ', public'}`
      return `alter default privileges for role ${role} grant all on ${kind} to ${receivers};`
    })
    .join('\n')
