import { Option } from '@commander-js/extra-typings'
import type { ListedWebhook } from '../../ports/hostFunctions.ts'
import type { Canvas, Cli, OpenHost } from '../cli.ts'
import { CliError } from '../cliError.ts'
import type { AddCommand } from '../command.ts'
import { numberOption } from '../options.ts'
import { count } from '../words.ts'

const mostAtOnce = 1000
/** So many between two words of progress. */
const workedAtOnce = 100

const colours = { pending: 'yellow', done: 'green', dead: 'red' } as const

const webhookTable = (webhooks: readonly ListedWebhook[], { table }: Canvas): string =>
  table<ListedWebhook>(
    [
      { title: 'Received', value: ({ receivedAt }) => receivedAt },
      { title: 'Event', value: ({ gatewayEventId }) => gatewayEventId },
      { title: 'Type', value: ({ type }) => type },
      { title: 'Status', value: ({ status }) => status, colour: ({ status }) => colours[status] },
      { title: 'Tries', value: ({ tries }) => tries },
      { title: 'What', value: ({ note, lastError }) => lastError ?? note, wraps: true },
    ],
    webhooks,
  )

const viewList = (webhooks: ListedWebhook[], canvas: Canvas): string =>
  webhooks.length === 0 ? 'There are none.' : webhookTable(webhooks, canvas)

interface Replay {
  applied: boolean
  webhooks: ListedWebhook[]
  /** Ids that the inbox does not have. */
  unknown: string[]
}

const viewReplay = ({ applied, webhooks, unknown }: Replay, canvas: Canvas): string =>
  [
    ...(webhooks.length > 0 ? [webhookTable(webhooks, canvas)] : []),
    ...(unknown.length > 0 ? [canvas.paint('red', `Not in the inbox: ${unknown.join(', ')}`)] : []),
    applied
      ? `Worked on ${count(webhooks.length, 'event')}.`
      : canvas.paint('yellow', `Nothing was done: --apply puts ${count(webhooks.length, 'event')} back in line.`),
  ].join('\n\n')

/** All that were given up, so many at a time. Those given up again stand before those not seen yet. */
async function* deadOnes({ kit }: OpenHost): AsyncIterable<ListedWebhook[]> {
  for (const seen = new Set<string>(); ; ) {
    const dead = await kit.webhooks.list({ status: 'dead', limit: seen.size + mostAtOnce })
    const fresh = dead.filter(({ gatewayEventId }) => !seen.has(gatewayEventId))
    if (fresh.length === 0) return
    for (const { gatewayEventId } of fresh) seen.add(gatewayEventId)
    yield fresh
  }
}

async function* namedOnes({ kit }: OpenHost, ids: readonly string[]): AsyncIterable<ListedWebhook[]> {
  yield await kit.webhooks.list({ ids })
}

const replay = (
  cli: Cli,
  ids: readonly string[],
  { dead, apply }: { dead: boolean; apply: boolean },
): Promise<Replay> =>
  cli.withKit(
    async open => {
      const webhooks: ListedWebhook[] = []
      const progress = cli.progress()
      for await (const found of dead ? deadOnes(open) : namedOnes(open, ids)) {
        if (cli.signal.aborted) break
        for (let at = 0; at < found.length && !cli.signal.aborted; at += workedAtOnce) {
          const batch = found.slice(at, at + workedAtOnce)
          const known = batch.map(({ gatewayEventId }) => gatewayEventId)
          webhooks.push(...(apply ? await open.kit.webhooks.replay(known, cli.signal) : batch))
          if (apply) progress.say(`${count(webhooks.length, 'event')} worked on`)
        }
      }
      progress.end()
      const known = new Set(webhooks.map(({ gatewayEventId }) => gatewayEventId))
      return { applied: apply, webhooks, unknown: cli.signal.aborted ? [] : ids.filter(id => !known.has(id)) }
    },
    { endsInOrder: true },
  )

/** `venuekit webhooks list`, `venuekit webhooks replay` */
export const addWebhooks: AddCommand = (program, cli) => {
  const webhooks = program.command('webhooks').description("the inbox of the gateway's events")
  webhooks
    .command('list')
    .description('what came, the latest first')
    .addOption(new Option('--status <status>', 'these alone').choices(['pending', 'done', 'dead'] as const))
    .option('--limit <n>', 'how many (default 50)', numberOption(1, mostAtOnce))
    .action(async ({ status, limit = 50 }) => {
      const found = await cli.withKit(({ kit }) => kit.webhooks.list({ limit, ...(status && { status }) }))
      cli.answer(found, viewList)
    })
  webhooks
    .command('replay')
    .description('work on events once more, given up or done; without --apply, tell which')
    .argument('[ids...]', "the gateway's ids, such as evt_…")
    .option('--dead', 'all that were given up')
    .option('--apply', 'do it')
    .action(async (ids, { dead = false, apply = false }) => {
      if (dead === ids.length > 0) {
        throw new CliError(
          'usage',
          'invalid_request',
          'Name the events to work on, or all that were given up by --dead.',
        )
      }
      const report = await replay(cli, ids, { dead, apply })
      cli.answer(report, viewReplay)
      cli.stopIfInterrupted()
      cli.found(report.unknown.length > 0 || (apply && report.webhooks.some(({ status }) => status !== 'done')))
    })
}
