import { consoleAlerts } from './adapters/consoleAlerts.ts'
import { consoleLog } from './adapters/consoleLog.ts'
import { consoleMessages } from './adapters/consoleMessages.ts'
import { type Configuration, type ConfigurationInput, readConfiguration } from './configuration.ts'
import { ConfigurationError } from './configurationError.ts'
import type { DiagnoseOptions, DoctorReport } from './doctor/diagnose.ts'
import { createApp } from './http/createApp.ts'
import type { RequestFacts } from './http/kitEnv.ts'
import { type CronSqlOptions, cronSql } from './jobs/cronSql.ts'
import { type JobLoop, type JobLoopOptions, startJobLoop } from './jobs/jobLoop.ts'
import { type JobName, jobNames } from './jobs/jobs.ts'
import { type JobStatus, listJobs } from './jobs/listJobs.ts'
import { listStaleJobs } from './jobs/listStaleJobs.ts'
import { type JobRun, type RunJobOptions, runJob, runNamedJob } from './jobs/runJob.ts'
import { LiveHub } from './live/LiveHub.ts'
import { Measurements } from './metrics/Measurements.ts'
import { MetricsPage } from './metrics/MetricsPage.ts'
import type { MigrationReport } from './migrations/migrate.ts'
import type { MigrationPlan } from './migrations/planMigration.ts'
import type { AlertSink } from './ports/alerts.ts'
import type { AssetSource } from './ports/assets.ts'
import type { Challenge } from './ports/challenge.ts'
import { type Database, isMigratable, type MigratableDatabase } from './ports/database.ts'
import type { FlagSource } from './ports/flagSource.ts'
import type { PaymentGateway } from './ports/gateway.ts'
import type { Log } from './ports/log.ts'
import type { MediaStores } from './ports/mediaStore.ts'
import type { Messages } from './ports/messages.ts'
import type { RateStore } from './ports/rateStore.ts'
import type { Authenticate } from './ports/viewer.ts'
import { type ReconcileOptions, type ReconciliationResult, reconcile } from './reconciliation/reconcile.ts'
import { type AuditReport, type AuditRequest, audit } from './services/audit.ts'
import { createBackground } from './services/background.ts'
import { databaseRates } from './services/databaseRates.ts'
import { createFeedFeatures } from './services/feedFeatures.ts'
import { getEventHealth, getHealth, type Health } from './services/health.ts'
import { createHostEvents, type HostEvents } from './services/hostEvents.ts'
import { createHostMessages, type HostMessages } from './services/hostMessages.ts'
import { createHostOrders, type HostOrders } from './services/hostOrders.ts'
import { createHostVenues, type HostVenues } from './services/hostVenues.ts'
import { createHostWebhooks, type HostWebhooks } from './services/hostWebhooks.ts'
import type { KitContext, OnFulfilled } from './services/kitContext.ts'
import { createOrderTokens } from './services/orderToken.ts'
import { createPublishableKeys } from './services/publishableKeys.ts'
import { createRecentMap } from './services/recentMap.ts'
import { type RepairReport, repair } from './services/repair.ts'
import type { RepairRequest } from './services/repairStep.ts'
import { createSignatureFailures } from './services/signatureFailures.ts'
import { createTicketCodes } from './services/ticketCode.ts'

/** The ports and settings of a kit. Secrets have no default. */
export interface ServerKitOptions extends ConfigurationInput {
  database: Database
  gateway: PaymentGateway
  /** Reads the signed-in viewer; without it nobody can post. */
  auth?: Authenticate
  /** Where mails go; by default they are only noted in the log. */
  messages?: Messages
  /** A store for images, for videos, or one for both; without one that kind is not offered. */
  media?: MediaStores
  /** Where alerts go, to each of them by itself; by default they are only noted in the log. */
  alerts?: AlertSink | readonly AlertSink[]
  log?: Log
  /** The widgets' files; without them `/embed/` is not found. */
  assets?: AssetSource
  /** Called after commit, at least once per fulfilled order, and again later where it throws or takes over a minute. */
  onFulfilled?: OnFulfilled
  /** Counts calls for all nodes; in the database by default. */
  rates?: RateStore
  /** Asked before each new order. */
  challenge?: Challenge
  /** Switches what feeds offer, at run time; without it they offer all that the kit serves. */
  flags?: FlagSource
}

export interface ServerKit {
  /**
   * What of the secrets cannot be judged at once: call it before you serve by `fetch` yourself, as `serve` does. Throws
   * `ConfigurationError`.
   */
  checkSecrets(): Promise<void>
  /** Answers a request; throws nothing. Mounts wherever a fetch handler does. */
  fetch(request: Request, facts?: RequestFacts): Promise<Response>
  readonly jobs: {
    readonly names: readonly JobName[]
    /** Every job with its last run: whether it is due, under way, stale. */
    list(): Promise<JobStatus[]>
    /** Runs the job unless its present slot was taken; throws what the job threw, after recording it. */
    run(name: JobName, options?: RunJobOptions): Promise<JobRun>
    /** The text that makes `pg_cron` run the jobs; throws `RangeError` for a url that is none. */
    cronSql(options?: CronSqlOptions): string
    /** Asks every few seconds what is due, in as many processes as you like. */
    start(options?: JobLoopOptions): JobLoop
  }
  /**
   * Compares our books with the gateway's, both ways, beside the job that does so daily: for a window of your own, or
   * from where the last run ended.
   */
  reconcile(options?: ReconcileOptions): Promise<ReconciliationResult>
  /** Looks through everything, or one event, for what must not be. Changes nothing. */
  audit(request?: AuditRequest): Promise<AuditReport>
  /** Mends what an audit finds; dry unless told otherwise. */
  repair(request: RepairRequest): Promise<RepairReport>
  /** All events' health, or one event's, live. Throws `not_found` for an unknown event. */
  health(eventId?: string): Promise<Health>
  /** Looks at database, gateway and machine for what would make the host fail. Needs Node. */
  diagnose(options?: DiagnoseOptions): Promise<DoctorReport>
  readonly venues: HostVenues
  readonly events: HostEvents
  readonly orders: HostOrders
  readonly webhooks: HostWebhooks
  readonly messages: HostMessages
  /** Brings the database to this version's schema; safe to run in several processes at once. Throws `MigrationError`. */
  migrate(): Promise<MigrationReport>
  /** What `migrate` would do. Changes nothing; throws `MigrationError` where it would refuse. */
  planMigration(): Promise<MigrationPlan>
  /** From now on readiness says that this node ends, so that balancers send nothing more; all is served as before. */
  beginDraining(): void
  /** Ends live streams and takes no more, so that a server can close: `serve` does so first. Readers go to another node. */
  endStreams(): void
  /** Resolves when no work is left that an answer did not wait for. */
  drain(): Promise<void>
  /** Stops the loops, lets work under way end, closes the database. */
  close(): Promise<void>
}

const createContext = (options: ServerKitOptions, configuration: Configuration): KitContext => {
  const { secrets, limits, orphanPayments, retention, timeZone } = configuration
  const { database, gateway, auth, onFulfilled, log = consoleLog(), media = {} } = options
  const [first, ...others] = secrets.orderTokenKeys
  if (!first) throw new ConfigurationError(['secrets.orderTokenKeys: needs one key at least'])
  if (media.image !== media.video && media.image?.name === media.video?.name) {
    throw new ConfigurationError(['media: two stores have one name; their uploads could not be told apart'])
  }
  const features = createFeedFeatures({ flags: options.flags ?? null, media, log })
  const background = createBackground(log)
  const context: KitContext = {
    database,
    gateway,
    messages: options.messages ?? consoleMessages(log),
    alertSinks: readAlertSinks(options.alerts ?? consoleAlerts(log)),
    alertThresholds: configuration.alertRules,
    alertTiming: configuration.alertTiming,
    staleJobs: () => listStaleJobs(context),
    signatureFailures: createSignatureFailures(database, background),
    log,
    auth: auth ?? null,
    onFulfilled: onFulfilled ?? null,
    orphanPayments,
    retention,
    orderTokens: createOrderTokens([first, ...others]),
    ticketCodes: createTicketCodes(secrets),
    publishableKeys: createPublishableKeys(database),
    rates: options.rates ?? databaseRates(database),
    limits,
    challenge: options.challenge ?? null,
    features,
    media,
    feedsOfPosts: createRecentMap({ keepMs: 600_000, maximum: 10_000 }),
    live: new LiveHub({ database, features, log }),
    background,
    worker: crypto.randomUUID(),
    timeZone,
  }
  return context
}

/** Throws `ConfigurationError`. */
const readAlertSinks = (given: AlertSink | readonly AlertSink[]): readonly AlertSink[] => {
  const sinks = 'send' in given ? [given] : given
  const names = sinks.map(({ name }) => name)
  const odd = names.find(name => !/^[\w.-]{1,60}$/.test(name))
  if (odd !== undefined) throw new ConfigurationError([`alerts: ${odd} is no name: 1 to 60 letters, digits, . _ or -`])
  if (new Set(names).size < names.length) {
    throw new ConfigurationError(['alerts: two sinks have one name; what each was told could not be told apart'])
  }
  return sinks
}

const requireMigratable = (database: Database): MigratableDatabase => {
  if (isMigratable(database)) return database
  throw new ConfigurationError([`database: ${database.howToMigrate ?? 'this adapter cannot run migrations'}`])
}

/** The host's side of VenueKit: API, webhooks and jobs over the given ports. Throws `ConfigurationError`. */
export const createServerKit = (options: ServerKitOptions): ServerKit => {
  const {
    database,
    gateway,
    auth,
    messages,
    media,
    alerts,
    log,
    assets,
    onFulfilled,
    rates,
    challenge,
    flags,
    ...rest
  } = options
  const configuration = readConfiguration(rest)
  const { secrets, basePath, trustedProxyHops } = configuration
  const context = createContext(options, configuration)
  const measurements = new Measurements()
  let isDraining = false
  const metricsPage = new MetricsPage({ context, measurements, isDraining: () => isDraining })
  const app = createApp({
    context,
    measurements,
    metricsPage,
    isDraining: () => isDraining,
    secrets,
    trustedProxyHops,
    basePath,
    assets: assets ?? null,
    runJob: name => runNamedJob(context, name),
  })
  const loops = new Set<JobLoop>()

  return {
    async checkSecrets() {
      await context.ticketCodes.publicKeys()
    },
    async fetch(request, facts = {}) {
      const answer = await app.fetch(request, facts)
      facts.waitUntil?.(context.background.drain())
      return answer
    },
    jobs: {
      names: jobNames,
      list: () => listJobs(context),
      run: (name, runOptions) => runJob(context, name, runOptions),
      cronSql: cronOptions => cronSql(context.retention, cronOptions),
      start(loopOptions) {
        const loop = startJobLoop(context, loopOptions)
        loops.add(loop)
        return loop
      },
    },
    reconcile: reconcileOptions => reconcile(context, reconcileOptions),
    audit: request => audit(context, request),
    repair: request => repair(context, request),
    health: eventId => (eventId === undefined ? getHealth(context) : getEventHealth(context, eventId)),
    async diagnose(diagnoseOptions) {
      const { diagnose } = await import('./doctor/diagnose.ts')
      return diagnose(context, diagnoseOptions)
    },
    venues: createHostVenues(context),
    events: createHostEvents(context),
    orders: createHostOrders(context),
    webhooks: createHostWebhooks(context),
    messages: createHostMessages(context),
    async migrate() {
      const { migrate } = await import('./migrations/migrate.ts')
      return migrate(requireMigratable(database))
    },
    async planMigration() {
      const { planMigration } = await import('./migrations/planMigration.ts')
      return planMigration(requireMigratable(database))
    },
    beginDraining() {
      isDraining = true
    },
    endStreams: () => context.live.close(),
    drain: () => context.background.drain(),
    async close() {
      isDraining = true
      context.live.close()
      await Promise.all([...loops].map(loop => loop.stop()))
      await context.signatureFailures.flush().catch(() => {})
      await context.background.drain()
      await database.close()
    },
  }
}
