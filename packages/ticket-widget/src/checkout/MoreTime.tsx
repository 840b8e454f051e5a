import type { Held, StateAt } from '../flow/flowState.ts'
import { Banner } from '../view/Banner.tsx'
import { Button } from '../view/Button.tsx'
import type { Ui } from '../view/Ui.ts'
import { isShort } from './extension.ts'

/** Shortly before the end: one press holds the places longer, where the event allows it. Takes no focus by itself. */
export const MoreTime = ({ ui, state }: { ui: Ui; state: Held | StateAt<'extending'> }) => {
  const extension = state.at === 'held' ? state.extension : null
  if (extension?.result === 'given')
    return <Banner tone="info" title={ui.text('extended', { count: extension.minutes })} />
  if (extension?.result === 'refused') return <Banner tone="warning" title={ui.text('extendRefused')} />
  if (state.at === 'held' && !isShort(state)) return null
  const asking = state.at === 'extending'
  return (
    <Banner tone="warning" title={ui.text(extension ? 'extendFailed' : 'timeShortTitle')}>
      {!extension && <p>{ui.text('timeShortText')}</p>}
      <Button kind="quiet" busy={asking} onClick={() => ui.dispatch({ type: 'extended', key: ui.createKey() })}>
        {ui.text(asking ? 'extending' : 'extend')}
      </Button>
    </Banner>
  )
}
