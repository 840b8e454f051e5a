import { createKind } from './createKind.ts'
import { deleteKind } from './deleteKind.ts'
import type { Operation, OperationKind } from './operation.ts'

const kinds = { create: createKind, delete: deleteKind } as const satisfies Record<Operation['kind'], unknown>

/** What to do with an operation, by its kind. */
export const kindOf = (op: Operation): OperationKind<Operation> => kinds[op.kind]
