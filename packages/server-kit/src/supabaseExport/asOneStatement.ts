const outerMark = '$venuekit$'

export interface StatementParts {
  /** More variables of the block. */
  declare?: string
  body: string
}

/**
 * A block that works whoever runs it and however: alone, among others in a transaction, in a pipeline. The role and the
 * settings that it takes on end with it, since the CLI records the file by a statement after it.
 */
export const asOneStatement = ({ declare = '', body }: StatementParts): string => {
  if (body.includes(outerMark)) throw new Error(`the SQL must not contain ${outerMark}`)
  return `do ${outerMark}
declare
  role_before text := pg_catalog.current_setting('role');
  path_before text := pg_catalog.current_setting('search_path');
  bodies_before text := pg_catalog.current_setting('check_function_bodies');
${declare}begin
${body}
  perform pg_catalog.set_config('check_function_bodies', bodies_before, true);
  perform pg_catalog.set_config('search_path', path_before, true);
  perform pg_catalog.set_config('role', role_before, true);
end
${outerMark};
`
}

/** From here on as the role that owns the schemas, every name qualified. */
export const asOwner = `  perform pg_catalog.set_config('role', 'venuekit_owner', true);
  perform pg_catalog.set_config('search_path', '', true);`
