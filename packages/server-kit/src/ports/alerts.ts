/** Something a person should look at, as services raise it. */
export interface Alert<Code extends string = string> {
  code: Code
  /** In one line, what is wrong and where. */
  summary: string
  /** Ids and figures. No buyer's address and no secret: `raiseAlert` masks what looks like one. */
  fields: Record<string, unknown>
}

/**
 * `critical`: money or tickets are at stake, now. `warning`: they will be, unless somebody looks. `notice`: a person
 * decides, today.
 */
export type AlertSeverity = 'critical' | 'warning' | 'notice'

/** Why a message is sent: it began, it got worse, it lasts, it is over. */
export type AlertNews = 'raised' | 'grown' | 'reminder' | 'resolved'

/** One alert that a message tells of. */
export interface ToldAlert {
  /** The same each time that this news of it is sent. */
  id: string
  summary: string
  fields: Record<string, unknown>
  amount: number
  amountBefore: number | null
  episode: number
  raisedAt: string
  resolvedAt: string | null
}

/** What a sink sends on. Names in it were typed by people: escape them for wherever they go. */
export interface AlertMessage extends Alert {
  /** One; in a burst up to a hundred of the same code and news. Then the figures are those of all, `fields` what they share. */
  alerts: readonly ToldAlert[]
  /** The same each time that this one is sent: receivers that count drop what they know. */
  id: string
  news: AlertNews
  severity: AlertSeverity
  /** What the code means, such as "Paid orders without tickets". */
  title: string
  /** All of it in one line: news, title, place, and how much. */
  text: string
  /** How much is wrong, in what the code counts. */
  amount: number
  /** How much it was when this sink was told last; null for the first message. */
  amountBefore: number | null
  /** How often it has opened by now: more than once, and it comes and goes. */
  episode: number
  /** ISO. */
  raisedAt: string
  /** When it was over, should it be by now. */
  resolvedAt: string | null
  /** The first command of its section in the runbook. */
  command: string
}

/** One place that alerts are sent to. */
export interface AlertSink {
  /** Names it in the database, which keeps what each sink was told: give it another name and it is another sink. */
  readonly name: string
  /**
   * Sends one message on; again, less and less often, for as long as it throws. A throw means that the sink is down and
   * is left alone for a while, unless it is an `AlertSinkError` that says otherwise. What raised the alert never waits
   * for it. The signal is aborted after 15 seconds, when it counts as down.
   */
  send(message: AlertMessage, signal: AbortSignal): Promise<void>
}
