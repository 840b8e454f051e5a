import { useFeed } from './feedContext.ts'

const rows = ['long', 'short', 'middle']

/** Shapes of posts to come. They fade in after a moment, so that a quick answer shows no flicker. */
export const LoadingState = () => {
  const { messages } = useFeed()
  return (
    <div class="skeletons" part="loading" role="status">
      <span class="spoken">{messages.loading}</span>
      {rows.map(row => (
        <div class={`skeleton ${row}`} aria-hidden="true">
          <span class="bone disc" />
          <span class="bone name" />
          <span class="bone line" />
          <span class="bone line" />
        </div>
      ))}
    </div>
  )
}
