import { useState } from 'preact/hooks'
import { linkify } from '../linkify.ts'
import { useFeed } from './feedContext.ts'

const longText = 700
const manyLines = 12

/** The post's words, exactly as written: markup is text, web addresses are links, a long text opens on demand. */
export const PostText = ({ id, text }: { id: string; text: string }) => {
  const { messages } = useFeed()
  const [open, setOpen] = useState(false)
  const clipped = !open && (text.length > longText || text.split('\n').length > manyLines)
  return (
    <>
      <p id={id} class={clipped ? 'text clipped' : 'text'} part="text" dir="auto">
        {linkify(text).map(part => (part.href === null ? part.text : <Link href={part.href}>{part.text}</Link>))}
      </p>
      {clipped && (
        <button type="button" class="quiet" part="button" onClick={() => setOpen(true)}>
          {messages.readMore}
        </button>
      )}
    </>
  )
}

const Link = ({ href, children }: { href: string; children: string }) => (
  <a href={href} target="_blank" rel="noopener nofollow ugc" part="link">
    {children}
  </a>
)
