import type { OwedAlert } from '../ports/alertFunctions.ts'
import type { AlertMessage, AlertNews, ToldAlert } from '../ports/alerts.ts'
import type { AlertRule } from './alertRule.ts'
import { alertRules, isAlertCode } from './alertRules.ts'
import { shortDigest } from './shortDigest.ts'

/** Of a newer or older release, which shares the database. */
const unknownRule: AlertRule = {
  severity: 'warning',
  title: 'Something that this version does not know',
  meaning: 'Another release of the kit has raised it.',
  command: 'venuekit health',
  threshold: {},
}

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const fill = (command: string, { eventId, orderId }: Record<string, unknown>): string => {
  let filled = command
  for (const [word, id] of [
    ['EVENT', eventId],
    ['ORDER', orderId],
  ] as const) {
    if (typeof id === 'string' && uuidForm.test(id)) filled = filled.replace(word, id)
  }
  return filled
}

const began: Record<AlertNews, string> = {
  raised: '',
  grown: 'Worse: ',
  reminder: 'Still: ',
  resolved: 'Resolved: ',
}

/** 7, or 7 (4 before); nothing where one thing is wrong, and always was. */
const howMuch = ({ amount, toldAmount, news }: OwedAlert): string => {
  if (news === 'resolved') return ''
  if (toldAmount !== null && toldAmount !== amount) return ` – ${amount} (${toldAmount} before)`
  return amount > 1 ? ` – ${amount}` : ''
}

const howOften = ({ episode, news }: OwedAlert): string =>
  episode > 1 && news !== 'resolved' ? ` (opened ${episode} times)` : ''

/** The same for each try of one message to one sink, and of no other message. */
const idOf = async (...parts: unknown[]): Promise<string> => `alert_${await shortDigest(JSON.stringify(parts))}`

const toToldAlert = async (owed: OwedAlert): Promise<ToldAlert> => {
  const { fingerprint, news, kind, detail, amount, toldAmount, episode, toldAt, raisedAt, resolvedAt } = owed
  const { summary, ...fields } = detail
  return {
    id: await idOf(fingerprint, news, episode, toldAt),
    summary: typeof summary === 'string' ? summary : kind,
    fields,
    amount,
    amountBefore: toldAmount,
    episode,
    raisedAt,
    resolvedAt,
  }
}

const lineOf = (owed: OwedAlert, { summary }: ToldAlert): string => {
  const over = owed.news !== 'resolved' && owed.resolvedAt !== null ? ' (over by now)' : ''
  return `${summary}${howMuch(owed)}${howOften(owed)}${over}`
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)

/** What is the same in all of them, but for how much is wrong in each. */
const sharedOf = ([first, ...others]: readonly ToldAlert[]): Record<string, unknown> => {
  const isShared = ([name, value]: [string, unknown]) =>
    name !== 'amount' && others.every(({ fields }) => JSON.stringify(fields[name]) === JSON.stringify(value))
  return Object.fromEntries(Object.entries(first?.fields ?? {}).filter(isShared))
}

/** How many of a burst are named in its text. */
const namedOnes = 5

/** Several of one code and news as one of them would be told. */
const together = async (alerts: readonly ToldAlert[], lines: readonly string[]) => {
  const before = alerts.map(({ amountBefore }) => amountBefore)
  const left = lines.length - namedOnes
  const ended = alerts.map(({ resolvedAt }) => resolvedAt)
  return {
    id: await idOf(alerts.map(({ id }) => id)),
    summary: `${lines.length} at once: ${lines.slice(0, namedOnes).join('; ')}${left > 0 ? `; and ${left} more` : ''}`,
    fields: sharedOf(alerts),
    amount: sum(alerts.map(({ amount }) => amount)),
    amountBefore: before.includes(null) ? null : sum(before.map(Number)),
    episode: Math.max(...alerts.map(({ episode }) => episode)),
    raisedAt: alerts.map(({ raisedAt }) => raisedAt).toSorted()[0] ?? '',
    resolvedAt: ended.includes(null) ? null : (ended.toSorted().at(-1) ?? null),
  }
}

/** What a sink is sent, in words: of one alert, or of several of the same kind and news. */
export const alertMessage = async (owed: readonly [OwedAlert, ...OwedAlert[]]): Promise<AlertMessage> => {
  const [{ kind, news }] = owed
  const rule: AlertRule = isAlertCode(kind) ? alertRules[kind] : unknownRule
  const told = await Promise.all(owed.map(async one => ({ alert: await toToldAlert(one), one })))
  const alerts = told.map(({ alert }) => alert)
  const lines = told.map(({ alert, one }) => lineOf(one, alert))
  const [only] = alerts
  const all = alerts.length > 1 || !only ? await together(alerts, lines) : only
  return {
    ...all,
    alerts,
    news,
    code: kind,
    severity: rule.severity,
    title: rule.title,
    text: `${began[news]}${rule.title}: ${alerts.length > 1 ? all.summary : lines[0]}`,
    command: fill(rule.command, all.fields),
  }
}
