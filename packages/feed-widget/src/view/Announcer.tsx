/** Tells screen readers what happened. The number makes the same words twice two announcements. */
export const Announcer = ({ text, number }: { text: string; number: number }) => (
  <div class="spoken" role="status" aria-live="polite">
    <span key={number}>{text}</span>
  </div>
)
