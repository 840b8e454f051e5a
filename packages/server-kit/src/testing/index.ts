export { checkInvariants } from './checkInvariants.ts'
export { createPgliteDatabase } from './createPgliteDatabase.ts'
export { incidentRecord } from './incident/incidentRecord.ts'
export { type Incident, type IncidentOptions, stageIncident } from './incident/stageIncident.ts'
export { findPostgresProgram, type PostgresProgram, type PostgresUser } from './postgresProgram.ts'
export { createSampleVideo, type SampleVideoOptions } from './sampleVideo/createSampleVideo.ts'
export { startTestPostgres } from './startTestPostgres.ts'
export {
  type SupabaseStandIn,
  type SupabaseStandInOptions,
  startSupabaseStandIn,
} from './supabase/startSupabaseStandIn.ts'
export { supabaseRoles } from './supabase/supabaseRoles.ts'
export { type TestClock, testClock } from './testClock.ts'
export type { TestDatabase, TestPostgres, TestPostgresOptions } from './testPostgres.ts'
export type { TwinClock } from './twin/clock.ts'
export { createTwinClock } from './twin/clock.ts'
export type { FaultInput } from './twin/faults.ts'
export { type StripeTwin, type StripeTwinOptions, startStripeTwin } from './twin/startStripeTwin.ts'
export type { DeliveryReport, TwinControl } from './twin/twinControl.ts'
export { signWebhook } from './twin/webhookSignature.ts'
