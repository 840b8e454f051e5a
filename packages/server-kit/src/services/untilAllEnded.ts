/** What all of them answer, once each has ended; rejects only then, as the first that did: none goes on unseen. */
export const untilAllEnded = async <Result>(works: readonly Promise<Result>[]): Promise<Result[]> => {
  await Promise.allSettled(works)
  return Promise.all(works)
}
