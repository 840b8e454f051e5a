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
    'packages/server-kit/src/{live/openLive,services/staleJobs,services/watchPlatform}.test.ts',
  ],
  postgres: [
    'packages/server-kit/test/postgres/{cachedPlans,checkInLocks,cliProcess,clocks,distribute,doctor}.test.ts',
    'packages/server-kit/test/postgres/{edgeFunction,feedLocks,fromSupabase,lateClocks,live,locks,runbook}.test.ts',
    'packages/server-kit/test/postgres/{skewedWorkers,supabaseExport,supabaseGuide,takers}.test.ts',
    'bench/**/*.test.ts',
  ],
  browser: [
    'packages/feed-widget/src/{leftovers,media/picture}.browser.test.ts',
    'packages/operations-page/src/look.browser.test.ts',
  ],
  e2e: ['test/e2e/{badInput,embeddedPayment,hostilePages,leftovers,media,ops,pageLife,pgBoss}.test.ts'],
}

/** Which files a project runs: all, those of `pnpm test`, or those that it leaves. */
const files = (project: string, include: string[], exclude: string[] = []) => {
  const left = more[project] ?? []
  const none = [...configDefaults.exclude, ...exclude]
  if (process.env.VENUEKIT_TESTS === 'more') return { include: left, exclude: none }
  return { include, exclude: process.env.VENUEKIT_TESTS === 'short' ? [...none, ...left] : none }
}

/** What a page shows at last: the default of a second is too short where two workers share two cores. */
const expectation = { poll: { timeout: 10_000 } }

// Groups run one after the other, so that races on Postgres and frames in Chromium have the machine to themselves.
export default defineConfig({
  test: {
    // The default leaves one of two cores idle.
    maxWorkers: 2,
    projects: [
      {
        ...sources,
        test: {
          name: 'unit',
          ...files('unit', ['packages/*/src/**/*.test.ts', 'test/docs/**/*.test.ts'], ['**/*.browser.test.*']),
          env,
          testTimeout: 20_000,
          // The first suite of a machine waits for the migrated snapshot to be made.
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...sources,
        test: {
          name: 'postgres',
          ...files('postgres', ['packages/server-kit/test/postgres/**/*.test.ts', 'bench/**/*.test.ts']),
          setupFiles: ['packages/server-kit/test/postgres/suitePool.ts'],
          env,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        ...sources,
        test: {
          // The ways of money in once more, on the worst pooler; `pnpm test:hostile` runs all of `postgres` so.
          name: 'hostile',
          ...files('hostile', ['packages/server-kit/test/postgres/webhooks.test.ts']),
          setupFiles: ['packages/server-kit/test/postgres/suitePool.ts'],
          env: { ...env, VENUEKIT_POOL: 'hostile' },
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        ...sources,
        test: {
          name: 'schedules',
          ...files('schedules', ['packages/server-kit/test/schedules/**/*.test.ts']),
          env,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        ...sources,
        test: {
          name: 'keystone',
          ...files('keystone', ['test/keystone/**/*.test.ts']),
          env,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 3 },
        },
      },
      {
        resolve: { conditions: ['@venuekit/source', ...defaultClientConditions] },
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: {
          name: 'browser',
          ...files('browser', ['packages/*/src/**/*.browser.test.{ts,tsx}']),
          testTimeout: 20_000,
          expect: expectation,
          sequence: { groupOrder: 4 },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            commands: { sampleVideo },
            provider: playwright({ launchOptions: await chromiumLaunch() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        resolve: { conditions: ['@venuekit/source', ...defaultClientConditions] },
        oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
        test: {
          name: 'react',
          ...files('react', ['examples/react-app/src/**/*.browser.test.tsx']),
          testTimeout: 20_000,
          expect: expectation,
          sequence: { groupOrder: 4 },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: await chromiumLaunch() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        resolve: { conditions: ['@venuekit/source', ...defaultClientConditions] },
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: {
          name: 'races',
          ...files('races', [
            'test/browserRaces/**/*.browser.test.ts',
            'packages/feed-widget/test/**/*.browser.test.ts',
          ]),
          globalSetup: ['test/browserRaces/startRaceServer.ts'],
          testTimeout: 20_000,
          expect: expectation,
          hookTimeout: 60_000,
          sequence: { groupOrder: 4 },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: await chromiumLaunch() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        ...sources,
        test: {
          // The packed packages in projects of their own: `pnpm test:packages` builds and runs them.
          name: 'packages',
          include: process.env.VENUEKIT_TESTS ? [] : ['test/packages/**/*.test.ts'],
          globalSetup: ['test/packages/packAll.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 6 },
        },
      },
      {
        ...sources,
        test: {
          name: 'e2e',
          ...files('e2e', ['test/e2e/**/*.test.ts']),
          env,
          testTimeout: 90_000,
          hookTimeout: 90_000,
          sequence: { groupOrder: 5 },
        },
      },
    ],
  },
})
