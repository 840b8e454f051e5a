import type { MediaItem } from '@venuekit/core/contracts'
import { commands } from 'vitest/browser'

declare module 'vitest/browser' {
  interface BrowserCommands {
    sampleVideo(options: { seconds: number; columns: number; rows: number }): Promise<string>
  }
}

interface PictureFacts {
  width?: number
  height?: number
  /** Of the sky above the stage, in degrees. */
  hue?: number
  alt?: string | null
}

const tone = (hue: number, lightness: number) => `hsl(${hue} 70% ${lightness}%)`

/** A stage under lights, as a picture of that size. */
const draw = ({ width = 1200, height = 800, hue = 260 }: PictureFacts): Promise<Blob> => {
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('No canvas to draw on.')
  const sky = context.createLinearGradient(0, 0, 0, height)
  sky.addColorStop(0, tone(hue, 16))
  sky.addColorStop(1, tone(hue + 50, 52))
  context.fillStyle = sky
  context.fillRect(0, 0, width, height)
  for (let beam = 0; beam < 7; beam++) {
    const at = (width * (beam + 0.5)) / 7
    context.fillStyle = `hsl(${hue + beam * 22} 90% 70% / 0.28)`
    context.beginPath()
    context.moveTo(at, 0)
    context.lineTo(at - width / 8, height * 0.82)
    context.lineTo(at + width / 8, height * 0.82)
    context.fill()
  }
  context.fillStyle = tone(hue, 8)
  context.fillRect(0, height * 0.82, width, height)
  for (let head = 0; head < 24; head++) {
    context.beginPath()
    context.arc((width * head) / 23, height * (0.84 + 0.03 * Math.sin(head * 2.3)), width / 32, 0, 7)
    context.fill()
  }
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 })
}

const item = (facts: Partial<MediaItem>): MediaItem => ({
  id: crypto.randomUUID(),
  kind: 'image',
  status: 'ready',
  url: null,
  posterUrl: null,
  width: null,
  height: null,
  durationMs: null,
  alt: null,
  ...facts,
})

/** A picture that is ready, at an address of this page. */
export const samplePicture = async (facts: PictureFacts = {}): Promise<MediaItem> => {
  const { width = 1200, height = 800, alt = 'The band on stage under purple light' } = facts
  return item({ url: URL.createObjectURL(await draw(facts)), width, height, alt })
}

interface VideoFacts {
  seconds?: number
  /** In blocks of 16 pixels. */
  columns?: number
  rows?: number
  poster?: boolean
  alt?: string | null
}

const made = new Map<string, Promise<string>>()

const sampleBytes = async (seconds: number, columns: number, rows: number) => {
  const key = [seconds, columns, rows].join()
  const base64 = made.get(key) ?? commands.sampleVideo({ seconds, columns, rows })
  made.set(key, base64)
  return Uint8Array.from(atob(await base64), byte => byte.charCodeAt(0))
}

/** A video that is ready, at an address of this page. */
export const sampleVideo = async (facts: VideoFacts = {}): Promise<MediaItem> => {
  const { seconds = 6, columns = 20, rows = 12, poster = true, alt = 'The equalizer during soundcheck' } = facts
  const bytes = await sampleBytes(seconds, columns, rows)
  const [width, height] = [columns * 16, rows * 16]
  return item({
    kind: 'video',
    url: URL.createObjectURL(new Blob([bytes], { type: 'video/mp4' })),
    posterUrl: poster ? URL.createObjectURL(await draw({ width, height, hue: 190 })) : null,
    width,
    height,
    durationMs: seconds * 1000,
    alt,
  })
}

/** An item without a file. */
export const sampleItem = (facts: Partial<MediaItem>): MediaItem => item(facts)
