/** A browser that still sends when the connection closes reads no answer. */
const maximumBytes = 16_777_216

/** Reads and forgets a body that is not wanted, so that its sender sees the answer; gives up on a long one. */
export const drainBody = async (body: ReadableStream<Uint8Array> | null): Promise<void> => {
  if (!body || body.locked) return
  const reader = body.getReader()
  try {
    for (let drained = 0; drained < maximumBytes; ) {
      const { done, value } = await reader.read()
      if (done) return
      drained += value.length
    }
  } catch {
    // The sender went away: nobody waits for the answer.
  } finally {
    await reader.cancel().catch(() => {})
  }
}
