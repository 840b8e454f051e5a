// Compiled, never run: whoever writes an adapter of their own has a name for all that its port speaks of.
import {
  type Alert,
  type AlertMessage,
  type AlertSink,
  type CheckoutAttempt,
  type CheckoutRequest,
  type CheckoutSession,
  type Database,
  DatabaseError,
  type GatewayDispute,
  type GatewayEndpoint,
  GatewayError,
  type GatewayEvent,
  type GatewayInspection,
  type GatewayPayment,
  type GatewayRefund,
  type GatewayWindow,
  type Mail,
  type MediaState,
  type MediaStore,
  type Messages,
  type NewUpload,
  type OpenedUpload,
  type PaymentGateway,
  type PoolState,
  type RateAnswer,
  type RateBucket,
  type RateStore,
  type RefundRequest,
  type SqlArguments,
  type SqlFunctionName,
  type SqlResult,
  type StoredUpload,
} from '@venuekit/server-kit'

const down = (): never => {
  throw new GatewayError('unavailable', 'The till is closed.')
}

export class OwnGateway implements PaymentGateway {
  readonly account = 'till'
  readonly mode = 'live'
  readonly publishableKey = null
  checkoutParams = ({ orderId, lines }: CheckoutRequest): Record<string, unknown> => ({ orderId, lines })
  createCheckout = async (_: CheckoutAttempt): Promise<CheckoutSession> => down()
  getSession = async (_: string): Promise<CheckoutSession> => down()
  expireSession = async (_: string): Promise<CheckoutSession> => down()
  getPayment = async (_: string): Promise<GatewayPayment> => down()
  findSession = async (_: string): Promise<CheckoutSession | null> => null
  findAttemptSession = async (_: CheckoutAttempt): Promise<CheckoutSession | null> => null
  parseWebhook = async (_: string, _signature: string | null): Promise<GatewayEvent> => down()
  createRefund = async (_: RefundRequest): Promise<GatewayRefund> => down()
  getRefund = async (_: string): Promise<GatewayRefund> => down()
  findRefund = async (_: string, _refundId: string): Promise<GatewayRefund | null> => null
  listPaymentRefunds = async (_: string): Promise<GatewayRefund[]> => []
  getDispute = async (_: string): Promise<GatewayDispute> => down()
  findPaymentOfCharge = async (_: string): Promise<string | null> => null
  async *listSessions(_: GatewayWindow): AsyncGenerator<CheckoutSession> {}
  async *listPayments(_: GatewayWindow): AsyncGenerator<GatewayPayment> {}
  async *listRefunds(_: GatewayWindow): AsyncGenerator<GatewayRefund> {}
  async *listDisputes(_: GatewayWindow): AsyncGenerator<GatewayDispute> {}
  async inspect(): Promise<GatewayInspection> {
    const endpoints: GatewayEndpoint[] = []
    return { clockSkewMs: null, apiVersion: '1', webhookSecrets: 1, endpoints }
  }
}

export class OwnDatabase implements Database {
  async call<Name extends SqlFunctionName>(name: Name, _: SqlArguments<Name>): Promise<SqlResult<Name>> {
    throw new DatabaseError('unavailable', `${name} went nowhere.`)
  }
  connections = (): PoolState => ({ total: 0, idle: 0, waiting: 0 })
  async close() {}
}

export const messages: Messages = { send: async (mail: Mail) => console.log(mail.subject) }
export const alerts: AlertSink = {
  name: 'bell',
  send: async (message: AlertMessage) => console.log(message.text, (message satisfies Alert).code),
}
export const rates: RateStore = {
  take: async (_: readonly RateBucket[]): Promise<RateAnswer> => ({ allowed: true }),
  giveBack: async () => {},
}
export const media: MediaStore = {
  name: 'shelf',
  open: async ({ uploadId }: NewUpload): Promise<OpenedUpload> => ({
    storeKey: uploadId,
    uploadUrl: 'https://a.example',
  }),
  inspect: async (_: StoredUpload): Promise<MediaState> => ({ status: 'gone' }),
  remove: async () => {},
}
