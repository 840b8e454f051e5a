import { ok, ownerCheck, problem, type Verdict } from '../check.ts'

/** ISO or null: the latest of each. */
export interface ArrivalFacts {
  /** A payment by the gateway that was recorded, whoever told of it. */
  paymentAt: string | null
  webhookAt: string | null
}

const patienceMs = 3_600_000

/** Money that came without a webhook: the endpoint leads elsewhere, or its secret is another one. */
const judgeArrivals = ({ paymentAt, webhookAt }: ArrivalFacts): Verdict[] => {
  if (paymentAt === null) return [ok('Nothing was paid yet.')]
  const late = Date.parse(paymentAt) - (webhookAt === null ? 0 : Date.parse(webhookAt))
  if (late <= patienceMs) return [ok(`The last webhook came at ${webhookAt}.`)]
  return [
    problem(
      `The last payment is of ${paymentAt}, and ${webhookAt === null ? 'no webhook ever came' : `the last webhook came at ${webhookAt}`}.`,
      "check the endpoint's address and that its secret is the one set here; then venuekit reconcile",
    ),
  ]
}

export const arrivalsCheck = ownerCheck(
  'arrivals',
  async (query): Promise<ArrivalFacts> => {
    const [row] = await query<ArrivalFacts>(
      `select
         (select venuekit.iso(max(p.received_at)) from ticketing.payments p where p.kind = 'gateway') as "paymentAt",
         (select venuekit.iso(max(w.received_at)) from venuekit.webhooks w) as "webhookAt"`,
    )
    return row ?? { paymentAt: null, webhookAt: null }
  },
  judgeArrivals,
)
