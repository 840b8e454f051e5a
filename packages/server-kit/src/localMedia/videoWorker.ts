import { parentPort, workerData } from 'node:worker_threads'
import { examineVideo } from './examineVideo.ts'
import { RejectedMedia } from './rejectMedia.ts'
import { repackVideo } from './repackVideo.ts'
import type { VideoAnswer, VideoWork } from './videoWork.ts'

/** Runs in a thread of its own; imports nothing that needs more than Node to be found. */
const { from, to, longestSeconds } = workerData as VideoWork

const work = async (): Promise<VideoAnswer> => {
  try {
    const found = await examineVideo(from, longestSeconds)
    return { video: to === null ? found : await repackVideo(from, to, found, longestSeconds) }
  } catch (error) {
    if (error instanceof RejectedMedia) return { rejection: error.rejection }
    throw error
  }
}

parentPort?.postMessage(await work())
