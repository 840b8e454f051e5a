/** Limits that the API serves and both sides enforce. Plain data, so that the browser carries no schema for it. */
export const feedLimits = { textLength: 2000, videoSeconds: 30, imagesPerPost: 4 } as const
