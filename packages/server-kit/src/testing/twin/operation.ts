import type { FormFields } from './form.ts'
import { type Parameters, type Rule, readFields } from './rules.ts'
import type { TwinState } from './state.ts'

/** One call of Stripe's API. Reading the parameters comes first and changes nothing; the work it returns does. */
export interface Operation {
  method: 'GET' | 'POST'
  /** As Hono writes it, such as `/v1/charges/:id`. */
  path: string
  prepare(state: TwinState, id: string, parameters: FormFields): () => object
}

/** Ties a call's rules to its work. */
export const defineOperation = <Shape extends Record<string, Rule<unknown>>>(
  call: Pick<Operation, 'method' | 'path'> & {
    shape: Shape
    required?: (keyof Shape & string)[]
    /** Throws what Stripe refuses before any work begins. */
    check?(state: TwinState, parameters: Parameters<Shape>): void
    run(state: TwinState, id: string, parameters: Parameters<Shape>): object
  },
): Operation => ({
  method: call.method,
  path: call.path,
  prepare: (state, id, raw) => {
    const parameters = readFields(call.shape, call.required ?? [], raw, '')
    call.check?.(state, parameters)
    return () => call.run(state, id, parameters)
  },
})
