import type { Ui } from '../view/Ui.ts'

/** The way on where a frame or a blocker keeps the page from leaving by itself. */
export const PayingLink = ({ ui, url }: { ui: Ui; url: string }) => (
  <p class="small note">
    <a href={url} target="_top" rel="noopener">
      {ui.text('payingLink')}
    </a>
  </p>
)
