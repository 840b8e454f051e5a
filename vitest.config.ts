import { playwright } from '@vitest/browser-playwright'
import { defaultClientConditions, defaultServerConditions } from 'vite'
import { configDefaults, defineConfig } from 'vitest/config'
import { chromiumLaunch } from './test/chromium.ts'
import { sampleVideo } from './test/sampleVideoCommand.ts'

const sources = { ssr: { resolve: { conditions: ['@venuekit/source', ...defaultServerConditions] } } }

/** Children of a test (a demo, a worker) read the sources as well. */
const env = { NODE_OPTIONS: '--conditions=@venuekit/source' }

/** What `pnpm test` leaves to `pnpm test:more`, by project, so that it takes less than ten minutes on two cores. */
const more: Record<string, string[]> = {
  unit: [
    'test/docs/{fragments,programs}.test.ts',
    'packages/server-kit/src/{adapters/pgliteDatabase,jobs/brokenEvent,live/openLive,localMedia/badMedia}.test.ts',
    'packages/server-kit/src/services/{anyDamage,auditHistory,damagedCounters,damagedOrders}.test.ts',
    'packages/server-kit/src/services/{hostMessages,reissueTicket,staleJobs,watchPlatform}.test.ts',
  ],
  postgres: [
    'packages/server-kit/test/postgres/{adapters,cachedPlans,checkIns,checkInLocks,cliEndings,cliProcess,clocks}.test.ts',
    'packages/server-kit/test/postgres/{distribute,doctor,doctorParts,edgeFunction,feedLocks,fromSupabase}.test.ts',
    'packages/server-kit/test/postgres/{lateClocks,live,lockedEvent,locks,media,migrate,operationsLocks,runbook}.test.ts',
    'packages/server-kit/test/postgres/{skewedWorkers,slowReads,supabaseExport,supabaseGuide,takers}.test.ts',
    'bench/**/*.test.ts',
  ],
  browser: [
    'packages/feed-widget/src/{axe,leftovers,longFeed,media/picture,media/video,viewer/viewer}.browser.test.ts',
    'packages/operations-page/src/{door,look}.browser.test.ts',
  ],
  e2e: ['test/e2e/{badInput,embeddedPayment,hostilePages,languages,leftovers,media,ops,pageLife,pgBoss}.test.ts'],
}

/** Which files a project runs: all, those of `pnpm test`, or those that it leaves. */
const files = (project: string, include: string[], exclude: string[]) => {
  const left = more[project] ?? []
  const none = [...configDefaults.exclude, ...exclude]
  if (process.env.VENUEKIT_TESTS === 'more') return { include: left, exclude: none }
  return { include, exclude: process.env.VENUEKIT_TESTS === 'short' ? [...none, ...left] : none }
}

/** What comes at last: the default of a second is too short where two workers share two cores with others. */
const patient = { poll: { timeout: 20_000 } }

interface Settings {
  /** Groups run one after the other, so that races on Postgres and frames in Chromium have the machine to themselves. */
  group: number
  testTimeout: number
  [setting: string]: unknown
}

/** Tests in Node. */
const inNode = (name: string, include: string[], { group, ...settings }: Settings) => ({
  ...sources,
  test: {
    name,
    ...files(name, include, ['**/*.browser.test.*']),
    env,
    // The first suite of a machine waits for the migrated snapshot to be made.
    hookTimeout: 120_000,
    expect: patient,
    sequence: { groupOrder: group },
    ...settings,
  },
})

const chromium = await chromiumLaunch()

/**
 * In CI a test in a page or end to end is tried twice, and the report says so: a busy machine may take a frame or a second
 * that a page counts on. Functions, SQL, crashes, schedules and races are tried once.
 */
const withPages = { retry: process.env.CI ? 1 : 0 }

/** Tests in Chromium. */
const inPages = (name: string, include: string[], jsx: 'preact' | 'react', settings: object = {}) => ({
  resolve: { conditions: ['@venuekit/source', ...defaultClientConditions] },
  oxc: { jsx: { runtime: 'automatic' as const, importSource: jsx } },
  test: {
    name,
    ...files(name, include, []),
    testTimeout: 60_000,
    expect: patient,
    sequence: { groupOrder: 4 },
    ...withPages,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      commands: { sampleVideo },
      provider: playwright({ launchOptions: chromium }),
      instances: [{ browser: 'chromium' as const }],
    },
    ...settings,
  },
})

const onPostgres = { setupFiles: ['packages/server-kit/test/postgres/suitePool.ts'], testTimeout: 120_000 }

export default defineConfig({
  test: {
    // The default leaves one of two cores idle.
    maxWorkers: 2,
    projects: [
      inNode('unit', ['packages/*/src/**/*.test.ts', 'test/docs/**/*.test.ts'], { group: 1, testTimeout: 60_000 }),
      inNode('postgres', ['packages/server-kit/test/postgres/**/*.test.ts', 'bench/**/*.test.ts'], {
        group: 2,
        ...onPostgres,
      }),
      // The ways of money in once more, on the worst pooler; `pnpm test:hostile` runs all of `postgres` so.
      inNode('hostile', ['packages/server-kit/test/postgres/webhooks.test.ts'], {
        group: 2,
        ...onPostgres,
        env: { ...env, VENUEKIT_POOL: 'hostile' },
      }),
      inNode('schedules', ['packages/server-kit/test/schedules/**/*.test.ts'], { group: 2, testTimeout: 120_000 }),
      inNode('keystone', ['test/keystone/**/*.test.ts'], { group: 3, testTimeout: 90_000 }),
      inPages('browser', ['packages/*/src/**/*.browser.test.{ts,tsx}'], 'preact'),
      inPages('react', ['examples/react-app/src/**/*.browser.test.tsx'], 'react'),
      inPages(
        'races',
        ['test/browserRaces/**/*.browser.test.ts', 'packages/feed-widget/test/**/*.browser.test.ts'],
        'preact',
        { globalSetup: ['test/browserRaces/startRaceServer.ts'], hookTimeout: 120_000, retry: 0 },
      ),
      inNode('e2e', ['test/e2e/**/*.test.ts'], { group: 5, testTimeout: 180_000, hookTimeout: 180_000, ...withPages }),
      // The packed packages in projects of their own: `pnpm test:packages` builds and runs them.
      inNode('packages', process.env.VENUEKIT_TESTS ? [] : ['test/packages/**/*.test.ts'], {
        group: 6,
        globalSetup: ['test/packages/packAll.ts'],
        testTimeout: 300_000,
        hookTimeout: 300_000,
        env: {},
      }),
    ],
  },
})
