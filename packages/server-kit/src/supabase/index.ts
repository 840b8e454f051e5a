export { type FromSupabaseOptions, fromSupabase, type RpcClient } from './fromSupabase.ts'
