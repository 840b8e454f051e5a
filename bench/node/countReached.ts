interface Feed {
  apiUrl: string
  key: string
  origin: string
  feedId: string
}

interface Reached {
  reached: number
  medianMs: number
  lastMs: number
}

const listen = async (
  { apiUrl, key, feedId }: Feed,
  word: string,
  signal: AbortSignal,
): Promise<() => Promise<number>> => {
  const answer = await fetch(`${apiUrl}/v1/live?key=${key}&feeds=${feedId}`, { signal })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!answer.ok || !reader) throw new Error(`no stream: ${answer.status}`)
  return async () => {
    for (let seen = ''; ; ) {
      const { done, value } = await reader.read()
      if (done) return Number.NaN
      seen = (seen + value).slice(-4000)
      if (seen.includes(word)) return performance.now()
    }
  }
}

/** Opens so many streams, posts once, and counts who is told of it, and when. */
export const countReached = async (feed: Feed, streams: number): Promise<Reached> => {
  const { apiUrl, key, origin, feedId } = feed
  const word = crypto.randomUUID()
  const ending = new AbortController()
  const listeners = await Promise.all(Array.from({ length: streams }, () => listen(feed, word, ending.signal)))
  const told = listeners.map(hear => hear().catch(() => Number.NaN))
  const begun = performance.now()
  const headers = {
    origin,
    'venuekit-key': key,
    'content-type': 'application/json',
    authorization: 'Bearer viewer:ada',
  }
  const body = JSON.stringify({ clientId: crypto.randomUUID(), text: word })
  await fetch(`${apiUrl}/v1/feeds/${feedId}/posts`, { method: 'POST', headers, body })
  const deadline = setTimeout(() => ending.abort(), 15_000)
  const times = (await Promise.all(told)).filter(time => !Number.isNaN(time)).map(time => time - begun)
  clearTimeout(deadline)
  ending.abort()
  times.sort((one, other) => one - other)
  const at = (share: number) => Math.round(times[Math.floor((times.length - 1) * share)] ?? Number.NaN)
  return { reached: times.length, medianMs: at(0.5), lastMs: at(1) }
}
