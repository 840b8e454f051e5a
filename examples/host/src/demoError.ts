/** What keeps the demo from starting, said in one line that tells how to mend it. */
export class DemoError extends Error {
  override readonly name = 'DemoError'
}
