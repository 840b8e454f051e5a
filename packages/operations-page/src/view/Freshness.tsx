import { ageText } from '../format/ageText.ts'
import { secondText } from '../format/clockText.ts'
import { useStore } from '../model/useStore.ts'
import type { Watched } from '../model/Watch.ts'
import { useClock, useModel, useTimeZone } from './pageContext.ts'

/** After so long without word from the server, what is shown is called old. */
const staleAfterMs = 12_000

/** Whether what is shown may no longer be so: the last try failed, or none has been answered for too long. */
export const isStale = ({ confirmedAt, failure }: Watched<unknown>, now: number): boolean =>
  confirmedAt !== null && (failure !== null || now - confirmedAt > staleAfterMs)

/** Says how fresh the page is. Only what changes the meaning is announced. */
export const Freshness = () => {
  const { overview } = useModel()
  const watched = useStore(overview.store)
  const now = useClock()
  const timeZone = useTimeZone()
  const stale = isStale(watched, now)
  if (watched.confirmedAt === null) return <span class="freshness">Loading …</span>
  return (
    <span class={`freshness ${stale ? 'is-stale' : ''}`}>
      <span class="pulse" aria-hidden="true" />
      {stale
        ? `As of ${secondText(watched.confirmedAt, timeZone)}`
        : `Live · ${ageText(now - watched.confirmedAt)} ago`}
    </span>
  )
}

/** A bar across the page while what it shows is old. */
export const StaleBar = () => {
  const model = useModel()
  const watched = useStore(model.overview.store)
  const now = useClock()
  const timeZone = useTimeZone()
  const { failure, confirmedAt } = watched
  // Where nothing was ever heard, only a failure is told: the page is still loading.
  const old = isStale(watched, now) || (failure !== null && failure.kind !== 'signed_out')
  return (
    <div class="stale-bar" role="status" hidden={!old}>
      {old && (
        <>
          <p>
            <strong>{failure ? failure.message : 'Waiting for the server.'}</strong>{' '}
            {confirmedAt === null
              ? ''
              : `What you see was so at ${secondText(confirmedAt, timeZone)}; it may have changed since.`}
          </p>
          <button type="button" onClick={() => model.refresh()}>
            Try now
          </button>
        </>
      )}
    </div>
  )
}
