import type { CheckoutSession, PaymentGateway } from '../../src/ports/gateway.ts'
import type { GatewayDispute } from '../../src/ports/gatewayDispute.ts'
import { GatewayError } from '../../src/ports/gatewayError.ts'
import type { GatewayRefund } from '../../src/ports/gatewayRefund.ts'
import { testAccount } from '../../src/testing/testShop.ts'

/** What befalls the next call: nothing was done, or it was done and the answer is lost. */
type Trouble = 'no_answer' | 'answer_lost'

interface PaperSession extends CheckoutSession {
  paymentIntentId: string
  /** A delayed payment was promised and has neither come nor failed. */
  isUnderWay: boolean
  hasFailed: boolean
}

interface PaperRefund extends GatewayRefund {
  paymentIntentId: string
}

interface PaperDispute extends GatewayDispute {
  paymentIntentId: string
}

/** The gateway as a few lists: thousands of schedules need its rules and not its HTTP. */
export interface PaperGateway extends PaymentGateway {
  sessions: PaperSession[]
  refunds: PaperRefund[]
  disputes: PaperDispute[]
  /** Taken one by one by the calls to come. */
  troubles: Trouble[]
  /** The buyer pays where the session is open; answers whether that went through. */
  pay(session: PaperSession, delayed: boolean): boolean
  /** The money of a session comes although it is over; answers whether it was. */
  payAfterEnd(session: PaperSession): boolean
  settle(session: PaperSession, succeeded: boolean): void
  /** Null where nothing is left to refund, or a bank holds the money. */
  refund(paymentIntentId: string, amountMinor: number, refundId: string | null): PaperRefund | null
  clear(): void
}

const dayMs = 24 * 3600_000
const blocking: readonly string[] = ['needs_response', 'lost']
const isPaid = ({ status, paymentStatus }: CheckoutSession) => status === 'complete' && paymentStatus === 'paid'

const found = <Item>(item: Item | undefined, what: string): Item => {
  if (item === undefined) throw new GatewayError('not_found', `no such ${what}`)
  return { ...item }
}

/** The lists and the rules that need no call. */
const createBooks = (now: () => number) => {
  const sessions: PaperSession[] = []
  const refunds: PaperRefund[] = []
  const disputes: PaperDispute[] = []
  let made = 0
  /** One `succeeded` or `failed` in this many, by turns, so that a schedule meets each. */
  const statusOfNext = () => (made % 5 === 0 ? 'pending' : 'succeeded')
  const runOut = () => {
    for (const session of sessions) {
      if (session.status === 'open' && session.expiresAt * 1000 <= now()) session.status = 'expired'
    }
  }
  const refund: PaperGateway['refund'] = (paymentIntentId, amountMinor, refundId) => {
    const paid = sessions.find(session => session.paymentIntentId === paymentIntentId && isPaid(session))
    const gone = refunds
      .filter(other => other.paymentIntentId === paymentIntentId && other.status !== 'failed')
      .reduce((sum, other) => sum + other.amountMinor, 0)
    const isHeld = disputes.some(
      dispute => dispute.paymentIntentId === paymentIntentId && blocking.includes(dispute.status),
    )
    if (!paid || isHeld || gone + amountMinor > paid.amountTotalMinor) return null
    const one: PaperRefund = {
      id: `re_${++made}`,
      status: refundId === null ? 'succeeded' : statusOfNext(),
      amountMinor,
      currency: paid.currency.toUpperCase(),
      paymentIntentId,
      chargeId: null,
      createdAt: Math.floor(now() / 1000),
      refundId,
      failureReason: null,
    }
    refunds.push(one)
    return one
  }
  const pay: PaperGateway['pay'] = (session, delayed) => {
    runOut()
    if (session.status !== 'open') return false
    session.status = 'complete'
    session.paymentStatus = delayed ? 'unpaid' : 'paid'
    session.isUnderWay = delayed
    return true
  }
  const payAfterEnd: PaperGateway['payAfterEnd'] = session => {
    runOut()
    if (session.status !== 'expired') return false
    session.status = 'complete'
    session.paymentStatus = 'paid'
    return true
  }
  const settle: PaperGateway['settle'] = (session, succeeded) => {
    if (!session.isUnderWay) return
    session.isUnderWay = false
    session.hasFailed = !succeeded
    if (succeeded) session.paymentStatus = 'paid'
  }
  return { sessions, refunds, disputes, runOut, refund, pay, payAfterEnd, settle, nextId: () => ++made }
}

type Books = ReturnType<typeof createBooks>

const openSession = (
  { sessions, nextId }: Books,
  attempt: Parameters<PaymentGateway['createCheckout']>[0],
): PaperSession => {
  const id = `cs_${nextId()}`
  const session: PaperSession = {
    id,
    status: 'open',
    paymentStatus: 'unpaid',
    amountTotalMinor: Number(attempt.params.amountMinor),
    currency: String(attempt.params.currency),
    mode: 'test',
    url: `https://pay.example/${id}`,
    clientSecret: null,
    expiresAt: attempt.expiresAt,
    paymentIntentId: `pi_${id}`,
    eventId: attempt.eventId,
    orderId: attempt.orderId,
    attemptId: attempt.attemptId,
    isUnderWay: false,
    hasFailed: false,
  }
  sessions.push(session)
  return session
}

export const createPaperGateway = (now: () => number): PaperGateway => {
  const books = createBooks(now)
  const { sessions, refunds, disputes } = books
  const troubles: Trouble[] = []
  const answer = async <Result>(work: () => Result): Promise<Result> => {
    const trouble = troubles.shift()
    if (trouble === 'no_answer') throw new GatewayError('unavailable', 'no answer')
    books.runOut()
    const result = work()
    if (trouble === 'answer_lost') throw new GatewayError('unavailable', 'the answer is lost')
    return result
  }
  async function* list<Item>(items: Item[]): AsyncIterable<Item> {
    yield* items
  }
  return {
    account: testAccount,
    mode: 'test',
    publishableKey: null,
    ...books,
    troubles,
    clear() {
      for (const items of [sessions, refunds, disputes, troubles]) items.length = 0
    },
    checkoutParams: ({ lines, currency }) => ({
      amountMinor: lines.reduce((sum, line) => sum + line.unitAmountMinor * line.quantity, 0),
      currency,
    }),
    createCheckout: attempt =>
      answer(() => {
        const known = sessions.find(({ attemptId }) => attemptId === attempt.attemptId)
        if (known && Date.parse(attempt.begunAt) + dayMs > now()) return { ...known }
        if (attempt.expiresAt * 1000 < now() + 30 * 60_000) throw new GatewayError('too_soon', 'ends too soon')
        return { ...openSession(books, attempt) }
      }),
    getSession: id =>
      answer(() =>
        found(
          sessions.find(session => session.id === id),
          'session',
        ),
      ),
    expireSession: id =>
      answer(() => {
        const session = sessions.find(candidate => candidate.id === id)
        if (session?.status === 'open') session.status = 'expired'
        return found(session, 'session')
      }),
    getPayment: async () => {
      throw new GatewayError('not_found', 'not asked for in schedules')
    },
    findSession: id => answer(() => sessions.find(({ paymentIntentId }) => paymentIntentId === id) ?? null),
    findAttemptSession: ({ attemptId }) =>
      answer(() => sessions.find(session => session.attemptId === attemptId) ?? null),
    parseWebhook: async () => {
      throw new GatewayError('bad_signature', 'not sent in schedules')
    },
    createRefund: ({ refundId, paymentIntentId, amountMinor }) =>
      answer(() => {
        const known = refunds.find(refund => refund.refundId === refundId)
        if (known && known.createdAt * 1000 + dayMs > now()) return { ...known }
        const made = books.refund(paymentIntentId, amountMinor, refundId)
        if (!made) throw new GatewayError('rejected', 'nothing left to refund')
        return { ...made }
      }),
    getRefund: id =>
      answer(() =>
        found(
          refunds.find(refund => refund.id === id),
          'refund',
        ),
      ),
    findRefund: (_intent, refundId) => answer(() => refunds.find(refund => refund.refundId === refundId) ?? null),
    listPaymentRefunds: intent => answer(() => refunds.filter(({ paymentIntentId }) => paymentIntentId === intent)),
    getDispute: id =>
      answer(() =>
        found(
          disputes.find(dispute => dispute.id === id),
          'dispute',
        ),
      ),
    findPaymentOfCharge: async () => null,
    listSessions: () => list(sessions),
    listPayments: () => list([]),
    listRefunds: () => list(refunds),
    listDisputes: () => list(disputes),
  }
}
