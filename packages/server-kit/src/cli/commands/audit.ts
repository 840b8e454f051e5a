import type { AuditFinding } from '../../ports/auditFunctions.ts'
import { type AuditReport, findingsOf } from '../../services/audit.ts'
import type { Canvas } from '../cli.ts'
import type { AddCommand } from '../command.ts'
import { uuidOption } from '../options.ts'
import { count, words } from '../words.ts'

const placeOf = ({ eventId, orderId, subject }: AuditFinding): string => orderId ?? subject ?? eventId ?? ''

const findingTable = (canvas: Canvas, findings: readonly AuditFinding[]): string =>
  canvas.table(
    [
      { title: 'Finding', value: ({ kind }) => words(kind) },
      { title: 'Amount', value: ({ amount }) => amount },
      { title: 'Order or subject', value: placeOf },
      { title: 'What', value: ({ sentence }) => sentence, wraps: true },
    ],
    findings,
  )

const view = (report: AuditReport, canvas: Canvas): string => {
  const { events, inbox, eventsAudited } = report
  const parts: string[] = []
  for (const { name, eventId, findings, skipped } of events) {
    if (findings.length > 0) parts.push(`${canvas.paint('bold', name)}  ${eventId}\n${findingTable(canvas, findings)}`)
    if (skipped.length > 0) {
      parts.push(`${canvas.paint('bold', name)}  ${eventId}  told and left alone\n${findingTable(canvas, skipped)}`)
    }
  }
  if (inbox.length > 0) parts.push(`${canvas.paint('bold', 'The inbox')}\n${findingTable(canvas, inbox)}`)
  const found = findingsOf(report).length
  const looked = `Looked through ${count(eventsAudited, 'event')}`
  parts.push(
    found === 0
      ? canvas.paint('green', `${looked}: nothing is wrong.`)
      : canvas.paint('red', `${looked}: ${count(found, 'finding')}. venuekit repair says what it would do.`),
  )
  return parts.join('\n\n')
}

/** `venuekit audit` */
export const addAudit: AddCommand = (program, cli) => {
  program
    .command('audit')
    .description('look through orders, tickets, counters and money for what must not be; changes nothing')
    .option('--event <id>', 'this event alone', uuidOption)
    .action(async ({ event }) => {
      const report = await cli.withKit(({ kit }) => kit.audit(event === undefined ? {} : { eventId: event }))
      cli.answer(report, view)
      cli.found(findingsOf(report).length > 0)
    })
}
