import { useState } from 'preact/hooks'
import { useFeed } from './feedContext.ts'
import { Icon } from './Icon.tsx'

/** In the composer's place while nobody is signed in: asks the page to sign the visitor in. */
export const SignIn = () => {
  const { messages, requireViewer } = useFeed()
  const [noticed, setNoticed] = useState(false)
  return (
    <div class="sign-in" part="sign-in">
      <button type="button" data-before="" class="prompt" part="button" onClick={() => setNoticed(!requireViewer())}>
        <Icon name="speech" />
        {messages.signInPrompt}
      </button>
      <p class="notice" role="status">
        {noticed && messages.signInNotice}
      </p>
    </div>
  )
}
