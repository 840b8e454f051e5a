/** A file for `supabase/migrations`. */
export interface ExportFile {
  /** `<14 digits>_name.sql`, as the Supabase CLI orders them. */
  name: string
  sql: string
}
