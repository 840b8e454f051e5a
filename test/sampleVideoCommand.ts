import {
  createSampleVideo,
  type SampleVideoOptions,
} from '../packages/server-kit/src/testing/sampleVideo/createSampleVideo.ts'

/** For tests in the browser: a sample video's bytes as base64, made where the tools for it are. */
export const sampleVideo = async (_: unknown, options: SampleVideoOptions): Promise<string> =>
  Buffer.from(await createSampleVideo(options)).toString('base64')
