/** What the promise answers, or `late` where it has not by then. It goes on; its rejection is the caller's. */
export const withinTime = async <Value, Late>(
  promise: Promise<Value>,
  milliseconds: number,
  late: Late,
): Promise<Value | Late> => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const overdue = new Promise<Late>(resolve => {
    timer = setTimeout(resolve, milliseconds, late)
  })
  try {
    return await Promise.race([promise, overdue])
  } finally {
    clearTimeout(timer)
  }
}
