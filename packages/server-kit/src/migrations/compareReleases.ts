const numbersOf = (release: string): number[] => (release.split(/[-+]/, 1)[0] ?? '').split('.').map(Number)

/** What follows the hyphen of `1.2.0-next.3`; empty for a release proper. */
const previewOf = (release: string): string => /^[^-+]*-([^+]*)/.exec(release)?.[1] ?? ''

/** Below 0 where `a` came before `b`. Versions as packages bear them; a preview comes before its release. */
export const compareReleases = (a: string, b: string): number => {
  const [ours, theirs] = [numbersOf(a), numbersOf(b)]
  for (const index of [0, 1, 2]) {
    const difference = (ours[index] ?? 0) - (theirs[index] ?? 0)
    if (difference !== 0) return difference
  }
  const [preview, other] = [previewOf(a), previewOf(b)]
  if (preview === other) return 0
  if (preview === '') return 1
  return other === '' ? -1 : preview.localeCompare(other, 'en', { numeric: true })
}
