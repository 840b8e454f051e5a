import type { Operation } from '../operations/operation.ts'

/** An operation that waits on the device. */
export interface KeptOperation {
  readonly op: Operation
  /** It was sent at least once, and nobody knows whether it arrived. */
  readonly isTried: boolean
}

/** Keeps operations on the device, apart for each scope: a venue and a viewer. */
export interface OutboxStore {
  /** Oldest first. */
  list(scope: string): Promise<readonly KeptOperation[]>
  /** At its place where it is there already, else at the end. */
  put(scope: string, op: Operation): Promise<void>
  /** Marks it as tried, before it is sent; false where it is there no more. */
  begin(scope: string, opId: string): Promise<boolean>
  /** Takes it back; false where it was tried, or is there no more. */
  takeBack(scope: string, opId: string): Promise<boolean>
  remove(scope: string, opId: string): Promise<void>
  clear(scope: string): Promise<void>
}
