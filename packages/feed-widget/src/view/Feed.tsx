import type { FeedState } from '../feedState.ts'
import { Announcer } from './Announcer.tsx'
import { ComposerShell } from './ComposerShell.tsx'
import { EmptyState } from './EmptyState.tsx'
import { ErrorState } from './ErrorState.tsx'
import { FeedEnd } from './FeedEnd.tsx'
import { FeedContext, type FeedSurface } from './feedContext.ts'
import { LoadingState } from './LoadingState.tsx'
import { PostList } from './PostList.tsx'
import { SignIn } from './SignIn.tsx'

interface FeedProps {
  state: FeedState
  surface: FeedSurface
}

/** The whole widget, as a function of the model's state. */
export const Feed = ({ state, surface }: FeedProps) => {
  const Composer = surface.writing?.Composer ?? ComposerShell
  return (
    <FeedContext.Provider value={surface}>
      <div class="feed" part="feed" dir={surface.direction} lang={surface.locale}>
        {state.viewer ? <Composer key={state.viewer.id} viewer={state.viewer} /> : <SignIn />}
        <Posts state={state} />
        <Announcer text={state.announcement?.say(surface.messages) ?? ''} number={state.announcement?.number ?? 0} />
        {surface.acting && <surface.acting.Dock />}
      </div>
    </FeedContext.Provider>
  )
}

const Posts = ({ state }: { state: FeedState }) => {
  const { phase, rows, more, errorCode } = state
  const empty = phase === 'ready' && rows.length === 0 && more === 'none'
  return (
    <>
      {(phase === 'ready' || rows.length > 0) && (
        <PostList rows={rows} complete={more === 'none'} busy={more === 'loading'} />
      )}
      {phase === 'loading' && <LoadingState />}
      {phase === 'failed' && <ErrorState code={errorCode ?? 'internal'} />}
      {empty && <EmptyState signedIn={state.viewer !== null} />}
      {phase === 'ready' && !empty && <FeedEnd more={more} long={rows.length > 5} />}
    </>
  )
}
