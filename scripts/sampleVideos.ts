import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createSampleVideo } from '../packages/server-kit/src/testing/sampleVideo/createSampleVideo.ts'

/** Videos to try the demo's composer with: one that fits, and one that is a second too long. */
const samples = { 'soundcheck.mp4': 6, 'too-long.mp4': 31 }

const folder = process.argv[2] ?? fileURLToPath(new URL('../.samples', import.meta.url))
await mkdir(folder, { recursive: true })
for (const [name, seconds] of Object.entries(samples)) {
  const video = await createSampleVideo({ seconds })
  await writeFile(join(folder, name), video)
  console.log(`${join(folder, name)}  ${seconds} s, ${Math.round(video.length / 1000)} KB`)
}
