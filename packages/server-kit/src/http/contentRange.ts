/** What a PUT to an upload's address says of itself; `ask` sends no bytes and asks how far it is. */
export type PartRange = { kind: 'part'; start: number; length: number } | { kind: 'ask' }

/** Null for a header that cannot be, or that speaks of another file's length. Without one it is the whole file. */
export const readContentRange = (header: string | undefined, byteLength: number): PartRange | null => {
  if (header === undefined) return { kind: 'part', start: 0, length: byteLength }
  const [, range = '', total = ''] = /^bytes (\*|\d{1,15}-\d{1,15})\/(\*|\d{1,15})$/.exec(header.trim()) ?? []
  if (range === '' || (total !== '*' && Number(total) !== byteLength)) return null
  if (range === '*') return { kind: 'ask' }
  const [start = 0, end = 0] = range.split('-').map(Number)
  return start <= end && end < byteLength ? { kind: 'part', start, length: end - start + 1 } : null
}

/** Which bytes of a file a GET asks for, both ends included; null for all of it, also where several ranges are asked. */
export const readRange = (
  header: string | undefined,
  byteLength: number,
): { start: number; end: number } | 'unsatisfiable' | null => {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (from === undefined || to === undefined || (from === '' && to === '')) return null
  const start = from === '' ? Math.max(0, byteLength - Number(to)) : Number(from)
  const end = from === '' || to === '' ? byteLength - 1 : Math.min(Number(to), byteLength - 1)
  if (from !== '' && to !== '' && Number(to) < start) return null
  return start < byteLength && start <= end ? { start, end } : 'unsatisfiable'
}
