import type { ComponentChild, ComponentType } from 'preact'
import type { FoundOrder, OrderMemory } from '../checkout/orderMemory.ts'
import type { FlowEvent } from '../flow/flowEvent.ts'
import type { FlowRules } from '../flow/flowRules.ts'
import type { Done, FlowState, StateAt } from '../flow/flowState.ts'
import type { Messages } from '../messages.ts'
import type { FormatMoney } from '../money.ts'
import type { OrderPlaces } from '../orderPlaces.ts'
import type { Text } from '../text.ts'
import type { FormatTime } from '../time.ts'
import type { FormState } from './formState.ts'

/** What every view may use besides the state it shows. */
export interface Ui {
  locale: string
  text: Text
  money: FormatMoney
  time: FormatTime
  dispatch(event: FlowEvent): void
  /** A new idempotency key. */
  createKey(): string
  /** Null until it is loaded. */
  checkout: CheckoutPart | null
  /** The chunk that draws tickets. */
  loadReceipt(): Promise<ReceiptPart>
}

export type Views = { readonly [At in FlowState['at']]?: (ui: Ui, state: StateAt<At>) => ComponentChild }

/** What the checkout's chunk adds: to the flow, to the words, to the look and to the card. */
export interface CheckoutPart extends FlowRules {
  createMemory(places: OrderPlaces): OrderMemory
  /** Where the flow begins at an order that was found. */
  foundState(found: FoundOrder): FlowState
  /** Whose order the address brings back from the gateway; null where it brings none. */
  returnedEventId(href: string): string | null
  messages: Partial<Messages>
  styles: readonly string[]
  views: Views
  announcement(ui: Ui, state: FlowState): string
  busyText(ui: Ui, state: FlowState): string | null
  /** Above the form's tiers. */
  formNotice(ui: Ui, state: FormState): ComponentChild
  /** Between its tiers and its button, once something is in the cart. */
  formDetails(ui: Ui, state: FormState): ComponentChild
  /** Beneath its button, in place of the usual line. */
  formNote(ui: Ui, state: FormState): ComponentChild
  /** In place of its button. */
  formEnd(ui: Ui, state: FormState): ComponentChild
}

export interface ReceiptPart {
  Receipt: ComponentType<{ ui: Ui; state: Done }>
}
