/**
 * Images in Supabase Storage.
 * @module supabase-storage
 */
export type { StorageClient } from './bucket.ts'
export { type SupabaseMediaOptions, supabaseMedia } from './supabaseMedia.ts'
