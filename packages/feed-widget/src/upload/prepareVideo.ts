import { MediaRefusal } from './MediaRefusal.ts'
import type { PreparedMedia } from './PreparedMedia.ts'

/** As the server: a camera's last frames. */
const toleranceMs = 500
/** Where the browser says nothing of a file by then, the server looks at it alone. */
const patienceMs = 5_000

/** Looks at the video's own length before a byte of it travels. Throws `MediaRefusal`. */
export const prepareVideo = async (file: Blob, contentType: string, videoSeconds: number): Promise<PreparedMedia> => {
  const facts = await readFacts(file)
  const { durationMs } = facts
  if (durationMs !== null && durationMs > videoSeconds * 1000 + toleranceMs) {
    throw new MediaRefusal('too_long', { seconds: Math.ceil(durationMs / 1000), limit: videoSeconds })
  }
  return { blob: file, contentType, ...facts }
}

type Facts = Pick<PreparedMedia, 'width' | 'height' | 'durationMs'>

/** Null where this browser cannot read the file, or the page's policy refuses `blob:` to `media-src`. */
const readFacts = async (file: Blob): Promise<Facts> => {
  const video = document.createElement('video')
  const url = URL.createObjectURL(file)
  video.preload = 'metadata'
  video.muted = true
  try {
    const isRead = await heard(video, 'loadedmetadata', () => {
      video.src = url
    })
    if (!isRead) return { width: null, height: null, durationMs: null }
    // A recording of the browser's own does not know its length before its end was sought.
    if (video.duration === Number.POSITIVE_INFINITY) {
      await heard(video, 'durationchange', () => {
        video.currentTime = Number.MAX_SAFE_INTEGER
      })
    }
    const { videoWidth: width, videoHeight: height, duration } = video
    const durationMs = Number.isFinite(duration) ? Math.round(duration * 1000) : null
    return { width: width || null, height: height || null, durationMs }
  } finally {
    video.removeAttribute('src')
    video.load()
    URL.revokeObjectURL(url)
  }
}

/** False where it failed, or nothing came in time. */
const heard = (video: HTMLVideoElement, type: string, begin: () => void): Promise<boolean> =>
  new Promise(resolve => {
    const end = (isHeard: boolean) => {
      clearTimeout(timer)
      video.removeEventListener(type, succeed)
      video.removeEventListener('error', fail)
      resolve(isHeard)
    }
    const succeed = () => end(true)
    const fail = () => end(false)
    const timer = setTimeout(fail, patienceMs)
    video.addEventListener(type, succeed)
    video.addEventListener('error', fail)
    begin()
  })
