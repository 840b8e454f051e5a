import type { OwedAlert } from '../ports/alertFunctions.ts'
import type { AlertMessage, AlertNews } from '../ports/alerts.ts'
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

const textOf = (owed: OwedAlert, title: string, summary: string): string => {
  const over = owed.news !== 'resolved' && owed.resolvedAt !== null ? ' (over by now)' : ''
  return `${began[owed.news]}${title}: ${summary}${howMuch(owed)}${howOften(owed)}${over}`
}

/** The same for each try of one message to one sink, and of no other message. */
const idOf = ({ fingerprint, news, episode, toldAt }: OwedAlert): Promise<string> =>
  shortDigest(JSON.stringify([fingerprint, news, episode, toldAt]))

/** What a sink is sent, in words. */
export const alertMessage = async (owed: OwedAlert): Promise<AlertMessage> => {
  const { kind, news, detail, amount, toldAmount, episode, raisedAt, resolvedAt } = owed
  const rule: AlertRule = isAlertCode(kind) ? alertRules[kind] : unknownRule
  const { summary, ...fields } = detail
  const place = typeof summary === 'string' ? summary : kind
  return {
    id: `alert_${await idOf(owed)}`,
    news,
    code: kind,
    severity: rule.severity,
    title: rule.title,
    summary: place,
    text: textOf(owed, rule.title, place),
    fields,
    amount,
    amountBefore: toldAmount,
    episode,
    raisedAt,
    resolvedAt,
    command: fill(rule.command, fields),
  }
}
