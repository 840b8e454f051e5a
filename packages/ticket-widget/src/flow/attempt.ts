import { type Failure, toFailure } from './failure.ts'
import type { FlowEvent } from './flowEvent.ts'
import type { WorkContext } from './flowWorld.ts'

/** Makes a call and tells the flow what came of it; a call that was called off says nothing. */
export const attempt = async (
  { world, signal, dispatch }: WorkContext,
  call: () => Promise<FlowEvent>,
  failed: (failure: Failure) => FlowEvent,
): Promise<void> => {
  try {
    dispatch(await call())
  } catch (error) {
    if (signal.aborted) return
    world.tell.failed(error)
    dispatch(failed(toFailure(error)))
  }
}
