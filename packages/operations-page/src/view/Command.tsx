import { useState } from 'preact/hooks'

/** A command to run, and a button that copies it. */
export const Command = ({ text }: { text: string }) => {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <p class="command">
      <code dir="ltr">{text}</code>
      <button
        type="button"
        class="quiet"
        onClick={() => void copy().catch(() => undefined)}
        onBlur={() => setCopied(false)}
      >
        {copied ? 'Copied' : 'Copy'}
        <span class="unseen"> {text}</span>
      </button>
    </p>
  )
}
