import { errorMessage } from '../messages.ts'
import { useFeed } from './feedContext.ts'
import { Icon } from './Icon.tsx'

/** The feed could not be loaded at all. */
export const ErrorState = ({ code }: { code: string }) => {
  const { model, messages } = useFeed()
  return (
    <div class="state" part="error" role="alert">
      <Icon name="alert" />
      <p class="title">{messages.failedTitle}</p>
      <p>{errorMessage(messages, code)}</p>
      <button type="button" class="plain" part="button" onClick={() => void model.refresh()}>
        {messages.retry}
      </button>
    </div>
  )
}
