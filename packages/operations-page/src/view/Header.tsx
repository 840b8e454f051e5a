import { useEffect, useRef, useState } from 'preact/hooks'
import { PageFailure } from '../client/PageFailure.ts'
import { Freshness } from './Freshness.tsx'
import { useModel } from './pageContext.ts'

export const Header = ({ takesFocus }: { takesFocus: boolean }) => {
  const model = useModel()
  const heading = useRef<HTMLHeadingElement>(null)
  const [fault, setFault] = useState<string | null>(null)
  useEffect(() => {
    if (takesFocus) heading.current?.focus()
  }, [])
  const leave = async () => {
    try {
      await model.logOut()
    } catch (error) {
      setFault(error instanceof PageFailure ? `You are still signed in: ${error.message}` : 'You are still signed in.')
    }
  }
  return (
    <header class="top">
      <h1 ref={heading} tabIndex={-1}>
        <span class="brand">VenueKit</span> Operations
      </h1>
      <Freshness />
      <button type="button" class="quiet" onClick={() => void leave()}>
        Log out
      </button>
      <p class="fault" role="alert">
        {fault}
      </p>
    </header>
  )
}
