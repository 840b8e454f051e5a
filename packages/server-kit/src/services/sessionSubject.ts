/** The order and the attempt that a session was made for. */
export interface SessionSubject {
  eventId: string
  orderId: string
  attemptId: string
}

const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Read from the metadata of a session or of its payment; null where it is none of ours. */
export const toSessionSubject = (object: {
  eventId: string | null
  orderId: string | null
  attemptId: string | null
}): SessionSubject | null => {
  const { eventId, orderId, attemptId } = object
  if (eventId === null || orderId === null || attemptId === null) return null
  return [eventId, orderId, attemptId].every(id => uuidForm.test(id)) ? { eventId, orderId, attemptId } : null
}
