export { consoleAlerts } from './adapters/consoleAlerts.ts'
export { consoleLog } from './adapters/consoleLog.ts'
export { consoleMessages } from './adapters/consoleMessages.ts'
export { type MemoryMessages, memoryMessages } from './adapters/memoryMessages.ts'
export { type PostHogAlertsOptions, postHogAlerts } from './adapters/postHogAlerts.ts'
export { type PostHogFlagsOptions, postHogFlags } from './adapters/postHogFlags.ts'
export { type SlackAlertsOptions, slackAlerts } from './adapters/slackAlerts.ts'
export { type StaticFlagsOptions, staticFlags } from './adapters/staticFlags.ts'
export { type WebhookAlertsOptions, webhookAlerts } from './adapters/webhookAlerts.ts'
export { ConfigurationError } from './configurationError.ts'
export { createServerKit, type ServerKit, type ServerKitOptions } from './createServerKit.ts'
export type { CheckLevel } from './doctor/check.ts'
export type { DiagnoseOptions, Diagnosis, DoctorReport } from './doctor/diagnose.ts'
export type { RequestFacts } from './http/kitEnv.ts'
export type { CronSqlOptions } from './jobs/cronSql.ts'
export type { JobLoop, JobLoopOptions } from './jobs/jobLoop.ts'
export type { JobName } from './jobs/jobs.ts'
export type { JobStatus } from './jobs/listJobs.ts'
export type { JobRun, RunJobOptions } from './jobs/runJob.ts'
export type { MigrationReport } from './migrations/migrate.ts'
export type { MigrationPlan } from './migrations/planMigration.ts'
export { type RestoredConstraints, restoreConstraints } from './migrations/restoreConstraints.ts'
export { AlertSinkError, type AlertSinkErrorOptions } from './ports/alertSinkError.ts'
export type { Alert, AlertMessage, AlertNews, AlertSeverity, AlertSink } from './ports/alerts.ts'
export type { AssetSource } from './ports/assets.ts'
export type { AuditedEvent, AuditFinding, FindingKind } from './ports/auditFunctions.ts'
export type { Challenge, ChallengeFacts } from './ports/challenge.ts'
export type {
  Database,
  MigratableDatabase,
  OwnerConnection,
  PoolState,
  SqlArguments,
  SqlFunctionName,
  SqlResult,
} from './ports/database.ts'
export { DatabaseError, type DatabaseErrorKind } from './ports/databaseError.ts'
export type { FlaggedFeed, FlagSource } from './ports/flagSource.ts'
export type { CheckoutRequest, CheckoutSession, GatewayEvent, PaymentGateway } from './ports/gateway.ts'
export type { GatewayDispute } from './ports/gatewayDispute.ts'
export { GatewayError, type GatewayErrorKind } from './ports/gatewayError.ts'
export type { GatewayEndpoint, GatewayInspection } from './ports/gatewayInspection.ts'
export type { GatewayListing, GatewayWindow } from './ports/gatewayListing.ts'
export type { GatewayPayment } from './ports/gatewayPayment.ts'
export type { GatewayRefund } from './ports/gatewayRefund.ts'
export type { GatewayRefunds, RefundRequest } from './ports/gatewayRefunds.ts'
export type { ExportedEvent, ListedMessage, ListedWebhook, OrderPlace } from './ports/hostFunctions.ts'
export type { Log } from './ports/log.ts'
export type { AddressedUpload, MediaBytes, MediaFile, ReceivedPart, UploadPart } from './ports/mediaBytes.ts'
export type {
  MediaKind,
  MediaRejection,
  MediaState,
  MediaStore,
  MediaStores,
  NewUpload,
  OpenedUpload,
  ReadyMedia,
  StoredUpload,
} from './ports/mediaStore.ts'
export { MediaStoreError, type MediaStoreErrorKind } from './ports/mediaStoreError.ts'
export type { Mail, Messages } from './ports/messages.ts'
export type { RateAnswer, RateBucket, RateStore } from './ports/rateStore.ts'
export type { CheckoutAttempt } from './ports/ticketingFunctions.ts'
export type { Authenticate, Viewer } from './ports/viewer.ts'
export type { ReconcileOptions, ReconciliationResult } from './reconciliation/reconcile.ts'
export type {
  ReconciliationFinding,
  ReconciliationReport,
  StepCounts,
  StepName,
} from './reconciliation/reconciliationReport.ts'
export type { AuditReport, AuditRequest } from './services/audit.ts'
export type { Health } from './services/health.ts'
export type { HostEvents } from './services/hostEvents.ts'
export type { HostMessages, MessageSelection } from './services/hostMessages.ts'
export type { HostOrders } from './services/hostOrders.ts'
export type { HostVenues, NewVenue, VenueKey } from './services/hostVenues.ts'
export type { HostWebhooks, WebhookSelection } from './services/hostWebhooks.ts'
export type { EventImport } from './services/importEvents.ts'
export { type JwtAuthOptions, jwtAuth } from './services/jwtAuth.ts'
export type { OnFulfilled } from './services/kitContext.ts'
export type { RepairReport } from './services/repair.ts'
export type { OversoldChoice, RepairRequest, RepairStep, StepOutcome } from './services/repairStep.ts'
export { makeTicketKey, type NewTicketKey } from './services/ticketKey.ts'
