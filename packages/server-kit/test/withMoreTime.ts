/**
 * Does what has to happen within a time. Where a busy machine was too slow for it, it is done anew with four times as
 * much, and at last with sixteen times: what does not work fails each of them.
 */
export const withMoreTime = async (
  firstMilliseconds: number,
  work: (milliseconds: number) => Promise<void>,
): Promise<void> => {
  for (const milliseconds of [firstMilliseconds, firstMilliseconds * 4]) {
    try {
      await work(milliseconds)
      return
    } catch {
      // The last one throws.
    }
  }
  await work(firstMilliseconds * 16)
}
