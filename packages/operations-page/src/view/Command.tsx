import { useRef, useState } from 'preact/hooks'

/** Where the page may not write to the clipboard (plain http), what is to be copied is marked, for the keyboard. */
const mark = (element: HTMLElement): void => {
  const selection = getSelection()
  selection?.selectAllChildren(element)
}

/** A command to run, and a button that copies it. */
export const Command = ({ text }: { text: string }) => {
  const code = useRef<HTMLElement>(null)
  const [said, setSaid] = useState('Copy')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setSaid('Copied')
    } catch {
      if (code.current) mark(code.current)
      setSaid('Marked')
    }
  }
  return (
    <p class="command">
      <code ref={code} dir="ltr">
        {text}
      </code>
      <button type="button" class="quiet" onClick={() => void copy()} onBlur={() => setSaid('Copy')}>
        {said}
        <span class="unseen"> {text}</span>
      </button>
    </p>
  )
}
