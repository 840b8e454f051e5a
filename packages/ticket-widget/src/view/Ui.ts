import type { Order } from '@venuekit/core/contracts'
import type { ComponentType } from 'preact'
import type { FlowEvent } from '../flow/flowEvent.ts'
import type { FormatMoney } from '../money.ts'
import type { Text } from '../text.ts'
import type { FormatTime } from '../time.ts'

export interface ReceiptChunk {
  Receipt: ComponentType<{ ui: Ui; order: Order }>
}

/** What every view may use besides the state it shows. */
export interface Ui {
  text: Text
  money: FormatMoney
  time: FormatTime
  dispatch(event: FlowEvent): void
  /** A new idempotency key. */
  createKey(): string
  /** The chunk that draws tickets. */
  loadReceipt(): Promise<ReceiptChunk>
}
