import { useEffect, useRef } from 'preact/hooks'
import { useStore } from '../model/useStore.ts'
import { Dashboard } from './Dashboard.tsx'
import { StaleBar } from './Freshness.tsx'
import { Login } from './Login.tsx'
import { useModel } from './pageContext.ts'

/** Who is signed in sees the page, everybody else the door. */
export const App = () => {
  const model = useModel()
  const session = useStore(model.session)
  const cameByKey = useRef(false)
  useEffect(() => {
    cameByKey.current = session.kind === 'out'
  }, [session.kind])
  if (session.kind === 'in') return <Dashboard takesFocus={cameByKey.current} />
  if (session.kind === 'out') return <Login notice={session.notice} />
  return (
    <main class="checking">
      <StaleBar />
      <p>Looking whether you are signed in …</p>
    </main>
  )
}
