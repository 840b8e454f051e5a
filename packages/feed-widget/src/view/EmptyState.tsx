import { useFeed } from './feedContext.ts'
import { Icon } from './Icon.tsx'

export const EmptyState = ({ signedIn }: { signedIn: boolean }) => {
  const { messages } = useFeed()
  return (
    <div class="state" part="empty">
      <Icon name="speech" />
      <p class="title">{messages.emptyTitle}</p>
      <p>{signedIn ? messages.emptyInvite : messages.emptySignedOut}</p>
    </div>
  )
}
