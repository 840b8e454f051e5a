import type { VenueEvent } from '@venuekit/core/contracts'
import { type Cart, cartTotal, placesIn } from '../cart.ts'
import type { Notice, PlainNotice } from '../flow/flowState.ts'
import type { MessageName } from '../messages.ts'
import { Banner } from '../view/Banner.tsx'
import type { Ui } from '../view/Ui.ts'

const texts: { readonly [Kind in PlainNotice]: [title: MessageName, text: MessageName] } = {
  race: ['raceTitle', 'raceText'],
  price: ['priceTitle', 'priceText'],
  closed: ['closedTitle', 'closedText'],
  limit: ['limitTitle', 'limitText'],
  released: ['releasedTitle', 'releasedText'],
  lost: ['lostTitle', 'lostText'],
  refused: ['refusedTitle', 'refusedText'],
}

interface Props {
  ui: Ui
  notice: Notice
  event: VenueEvent
  cart: Cart
}

/** Why the buyer is asked to look again. It names what changed and, unless it came by itself, takes the focus. */
export const NoticeBanner = ({ ui, notice, event, cart }: Props) => {
  const [title, text] = noticeWords(ui, notice, event, cart)
  return (
    <Banner
      tone={notice.kind === 'released' ? 'info' : 'warning'}
      title={title}
      focusKey={notice.quiet ? undefined : `notice ${title}`}
    >
      <p>{text}</p>
    </Banner>
  )
}

export const noticeWords = (ui: Ui, notice: Notice, event: VenueEvent, cart: Cart): [title: string, text: string] => {
  if (!('tierIds' in notice)) {
    const [title, text] = texts[notice.kind]
    return [ui.text(title), ui.text(text, { total: ui.money(cartTotal(event, cart)) })]
  }
  const names = event.tiers.filter(tier => notice.tierIds.includes(tier.id)).map(tier => tier.name)
  const tiers = names.join(', ')
  if (names.length === 0) return [ui.text('raceTitle'), ui.text('closedText')]
  if (notice.kind === 'fewer') return [ui.text('fewerTitle', { tiers }), ui.text('fewerText')]
  return [ui.text('soldOutTitle', { tiers }), ui.text(placesIn(cart) > 0 ? 'soldOutText' : 'soldOutAll')]
}
