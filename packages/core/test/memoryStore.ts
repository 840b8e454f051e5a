import type { KeptOperation, OutboxStore } from '../src/outbox/OutboxStore.ts'

/** A device's store that pages of a test share; what it keeps is copied, as IndexedDB does. */
export const createMemoryStore = (): OutboxStore => {
  let rows: readonly (KeptOperation & { scope: string })[] = []
  const is = (scope: string, opId: string) => (row: KeptOperation & { scope: string }) =>
    row.scope === scope && row.op.opId === opId
  return {
    list: async scope => structuredClone(rows.filter(row => row.scope === scope)),
    put: async (scope, op) => {
      const at = rows.findIndex(is(scope, op.opId))
      const row = { op: structuredClone(op), isTried: rows[at]?.isTried ?? false, scope }
      rows = at === -1 ? [...rows, row] : rows.with(at, row)
    },
    begin: async (scope, opId) => {
      const found = rows.find(is(scope, opId))
      rows = rows.map(row => (row === found ? { ...row, isTried: true } : row))
      return found !== undefined
    },
    takeBack: async (scope, opId) => {
      const found = rows.find(row => is(scope, opId)(row) && !row.isTried)
      rows = rows.filter(row => row !== found)
      return found !== undefined
    },
    remove: async (scope, opId) => {
      rows = rows.filter(row => !is(scope, opId)(row))
    },
    clear: async scope => {
      rows = rows.filter(row => row.scope !== scope)
    },
  }
}
