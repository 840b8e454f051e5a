import { useEffect, useRef, useState } from 'preact/hooks'
import { PageFailure } from '../client/PageFailure.ts'
import { ageText } from '../format/ageText.ts'
import { useModel } from './pageContext.ts'

const faultText = (error: unknown): string => {
  if (!(error instanceof PageFailure)) return 'Something went wrong. Try again.'
  if (error.kind === 'signed_out') return 'That is none of the secret keys of this host.'
  if (error.kind !== 'too_often') return error.message
  return `Too many keys were tried. Try again in ${ageText((error.retryAfterMs ?? 0) + 999)}.`
}

/** Asks for the secret key. The field is read once and emptied: nothing of the page keeps it. */
export const Login = ({ notice }: { notice: string | null }) => {
  const model = useModel()
  const field = useRef<HTMLInputElement>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => field.current?.focus(), [])

  const submit = async (event: Event) => {
    event.preventDefault()
    const input = field.current
    const key = input?.value.trim() ?? ''
    if (!input || busy) return
    if (key === '') return setFault('Put in a secret key: it begins with vk_sec_.')
    setBusy(true)
    setFault(null)
    try {
      await model.logIn(key)
      input.value = ''
    } catch (error) {
      setFault(faultText(error))
      input.select()
    } finally {
      setBusy(false)
    }
  }

  return (
    <main class="login">
      <form class="login-card" onSubmit={event => void submit(event)} noValidate>
        <p class="brand">VenueKit</p>
        <h1>Operations</h1>
        {notice && <p class="note">{notice}</p>}
        <label for="key">Secret key</label>
        <input
          ref={field}
          id="key"
          type="password"
          autocomplete="current-password"
          autocapitalize="off"
          spellcheck={false}
          dir="ltr"
          placeholder="vk_sec_…"
          aria-invalid={fault !== null}
          aria-describedby="key-fault key-hint"
        />
        <p id="key-fault" class="fault" role="alert">
          {fault}
        </p>
        <button type="submit" class="primary" aria-disabled={busy}>
          {busy ? 'Signing in …' : 'Sign in'}
        </button>
        <p id="key-hint" class="hint">
          One of the host’s admin keys. It opens a session of twelve hours in this browser and is not kept.
        </p>
      </form>
    </main>
  )
}
