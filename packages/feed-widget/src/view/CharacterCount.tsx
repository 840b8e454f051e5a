import { useComposerMessages } from '../composer/useComposerMessages.ts'
import { fillMessage } from '../messages.ts'
import { useFeed } from './feedContext.ts'

const nearTheLimit = 200

/** How many characters are left, once that matters; read out at the limit's edge only. */
export const CharacterCount = ({ left }: { left: number }) => {
  const { locale } = useFeed()
  const words = useComposerMessages()
  const over = left < 0
  const label = fillMessage(over ? words.charactersOver : words.charactersLeft, {
    count: Math.abs(left).toLocaleString(locale),
  })
  const announced = over || left <= nearTheLimit / 10
  return (
    <span id="count" class={over ? 'count over' : 'count'} part="count" aria-live={announced ? 'polite' : 'off'}>
      {left <= nearTheLimit && (
        <>
          <span aria-hidden="true">{left.toLocaleString(locale)}</span>
          <span class="spoken">{label}</span>
        </>
      )}
    </span>
  )
}
