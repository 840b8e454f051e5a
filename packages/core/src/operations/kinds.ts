import { createKind } from './createKind.ts'
import { deleteKind } from './deleteKind.ts'
import type { Operation, OperationKind } from './operation.ts'
import { reactKind } from './reactKind.ts'

const kinds = { create: createKind, delete: deleteKind, react: reactKind } as const satisfies Record<
  Operation['kind'],
  unknown
>

/** What to do with an operation, by its kind. */
export const kindOf = (op: Operation): OperationKind<Operation> => kinds[op.kind]
