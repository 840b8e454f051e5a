/** At most two letters that stand for a name where there is no picture: those of its first and last word. */
export const initials = (name: string, locale: string): string => {
  const words = name.split(/[\s_.-]+/u).filter(word => /[\p{L}\p{N}]/u.test(word))
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words
  return picked
    .map(word => firstLetter(word ?? ''))
    .join('')
    .toLocaleUpperCase(locale)
}

const firstLetter = (word: string): string => word.match(/[\p{L}\p{N}]\p{M}*/u)?.[0] ?? ''

/** One of `count` tones, always the same for the same id (a FNV-1a hash). */
export const toneOf = (id: string, count: number): number => {
  let hash = 0x811c9dc5
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return (hash >>> 0) % count
}
