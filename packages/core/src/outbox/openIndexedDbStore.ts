import type { KeptOperation, OutboxStore } from './OutboxStore.ts'

interface Row extends KeptOperation {
  scope: string
  opId: string
}

const [database, rows, byScope, byId] = ['venuekit-outbox', 'operations', 'by-scope', 'by-id'] as const

/** Opens the store in IndexedDB; rejects where the browser has none for us. */
export const openIndexedDbStore = async (): Promise<OutboxStore> => {
  const request = indexedDB.open(database, 1)
  request.onupgradeneeded = () => {
    const store = request.result.createObjectStore(rows, { autoIncrement: true })
    store.createIndex(byScope, 'scope')
    store.createIndex(byId, ['scope', 'opId'], { unique: true })
  }
  const db = await answerOf(request)
  // Another tab may bring a newer version, which waits until nobody holds this one.
  db.onversionchange = () => db.close()
  const open = (mode: IDBTransactionMode) => db.transaction(rows, mode).objectStore(rows)
  /** What one row becomes, in one transaction: null takes it out. False where nothing changes. */
  const change = async (scope: string, opId: string, next: (row: Row | undefined) => Row | null | undefined) => {
    const store = open('readwrite')
    const key = await answerOf(store.index(byId).getKey([scope, opId]))
    const row = next(key === undefined ? undefined : await answerOf<Row>(store.get(key)))
    if (row) await answerOf(store.put(row, key))
    else if (row === null && key !== undefined) await answerOf(store.delete(key))
    return row !== undefined
  }

  return {
    list: scope => answerOf<Row[]>(open('readonly').index(byScope).getAll(scope)),
    put: async (scope, op) => {
      const { opId } = op
      await change(scope, opId, row => ({ scope, opId, op, isTried: row?.isTried ?? false }))
    },
    begin: (scope, opId) => change(scope, opId, row => row && { ...row, isTried: true }),
    takeBack: (scope, opId) => change(scope, opId, row => (row && !row.isTried ? null : undefined)),
    remove: async (scope, opId) => void (await change(scope, opId, () => null)),
    clear: async scope => {
      const store = open('readwrite')
      for (const key of await answerOf(store.index(byScope).getAllKeys(scope))) store.delete(key)
    },
  }
}

const answerOf = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
