import { Worker } from 'node:worker_threads'
import type { ExaminedVideo } from './examineVideo.ts'
import { RejectedMedia } from './rejectMedia.ts'
import type { VideoAnswer, VideoWork } from './videoWork.ts'

/** As source beside source, as JavaScript beside JavaScript. */
const program = new URL(import.meta.url.endsWith('.ts') ? './videoWorker.ts' : './videoWorker.js', import.meta.url)

const memoryMegabytes = 512

const gaveUp = (): RejectedMedia =>
  new RejectedMedia('unreadable', 'The video cannot be read: the file is damaged. Choose another one.')

/**
 * Works on a video in a thread that can be ended: a table in a file of 2 MB can claim four thousand million entries,
 * and whoever believes it is busy for ever. Throws `RejectedMedia`.
 */
export const runVideoWork = (work: VideoWork, timeoutMs: number): Promise<ExaminedVideo> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(program, {
      workerData: work,
      resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
    })
    const timer = setTimeout(() => {
      reject(gaveUp())
      void worker.terminate()
    }, timeoutMs)
    worker.once('message', (answer: VideoAnswer) => {
      if ('video' in answer) resolve(answer.video)
      else reject(new RejectedMedia(answer.rejection.reason, answer.rejection.detail))
    })
    worker.once('error', error => {
      const isOutOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
      reject(isOutOfMemory ? gaveUp() : error)
    })
    worker.once('exit', code => {
      clearTimeout(timer)
      reject(new Error(`the thread of a video ended with ${code}`))
    })
  })
