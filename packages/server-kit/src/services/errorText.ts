const longest = 2000

/** What a thrown thing says, as Postgres can keep it: no NUL, no half of a character, and no more than a page. */
export const errorText = (cause: unknown): string =>
  String(cause)
    .slice(0, longest)
    .replace(/\0|\p{Surrogate}/gu, '\uFFFD')
