import { expect, test } from 'vitest'
import type { JobStatus } from '../jobs/listJobs.ts'
import { toJob } from './toJob.ts'

const takenAt = '2030-06-01T19:00:00.000Z'

const statusOf = (lastRun: Partial<NonNullable<JobStatus['lastRun']>>, underWay = false): JobStatus => ({
  job: 'send-messages',
  schedule: { everySeconds: 15 },
  staleSeconds: 600,
  slot: '1',
  underWay,
  due: false,
  lastGoodAt: null,
  stale: false,
  lastRun: { slot: '1', worker: 'w', takenAt, finishedAt: takenAt, failed: false, report: {}, ...lastRun },
})

test('the page shows why a job failed, without the addresses and keys that its error quotes', () => {
  const error = 'Error: 550 <ada@private.example> refused, Bearer abc.def of sk_live_canary0 and whsec_canary0'
  const shown = toJob(statusOf({ failed: true, report: { error } }))
  expect(shown.result).toBe('failed')
  expect(shown.error).toContain('Error: 550')
  expect(shown.error).not.toMatch(/ada|private|abc|canary0/)
})

test('a run without an end failed, unless somebody is at it', () => {
  const open = { finishedAt: null, failed: null, report: null }
  expect(toJob(statusOf(open))).toMatchObject({ result: 'failed', error: 'it did not end: its process died' })
  expect(toJob(statusOf(open, true))).toMatchObject({ result: 'running', error: null })
  expect(toJob(statusOf({}))).toMatchObject({ result: 'good', error: null })
})
