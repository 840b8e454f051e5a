import { Option } from '@commander-js/extra-typings'
import type { ListedMessage } from '../../ports/hostFunctions.ts'
import type { Canvas, Cli, OpenHost } from '../cli.ts'
import { CliError } from '../cliError.ts'
import type { AddCommand } from '../command.ts'
import { actorOption, numberOption, uuidOption, uuidsOption } from '../options.ts'
import { requireActor } from '../requireActor.ts'
import { count } from '../words.ts'

const mostAtOnce = 1000
/** So many between two words of progress. */
const sentAtOnce = 100

const colours = { waiting: 'yellow', sent: 'green', dead: 'red', dismissed: 'dim' } as const

const whatOf = ({ status, dismissedBy, nextTryAt, lastError }: ListedMessage): string | null => {
  if (status === 'dismissed') return `by ${dismissedBy}`
  return status === 'waiting' && lastError === null ? `next try at ${nextTryAt}` : lastError
}

const messageTable = (messages: readonly ListedMessage[], { table }: Canvas): string =>
  table<ListedMessage>(
    [
      { title: 'Created', value: ({ createdAt }) => createdAt },
      { title: 'Message', value: ({ messageId }) => messageId },
      { title: 'Kind', value: ({ kind }) => kind },
      { title: 'Order', value: ({ orderId }) => orderId },
      { title: 'Status', value: ({ status }) => status, colour: ({ status }) => colours[status] },
      { title: 'Tries', value: ({ tries }) => tries },
      { title: 'What', value: whatOf, wraps: true },
    ],
    messages,
  )

const viewList = (messages: ListedMessage[], canvas: Canvas): string =>
  messages.length === 0 ? 'There are none.' : messageTable(messages, canvas)

interface Change {
  applied: boolean
  messages: ListedMessage[]
  /** Ids that the outbox does not have. */
  unknown: string[]
}

const toChange = (applied: boolean, messages: ListedMessage[], ids: readonly string[]): Change => {
  const known = new Set(messages.map(({ messageId }) => messageId))
  return { applied, messages, unknown: ids.filter(id => !known.has(id)) }
}

const viewChange =
  (done: string, plan: string) =>
  ({ applied, messages, unknown }: Change, canvas: Canvas): string =>
    [
      ...(messages.length > 0 ? [messageTable(messages, canvas)] : []),
      ...(unknown.length > 0 ? [canvas.paint('red', `Not in the outbox: ${unknown.join(', ')}`)] : []),
      applied
        ? `${done} ${count(messages.length, 'message')}.`
        : canvas.paint('yellow', `Nothing was done: --apply ${plan} ${count(messages.length, 'message')}.`),
    ].join('\n\n')

interface Dead {
  eventId: string | undefined
  apply: boolean
}

/** All that were given up. What is put back in line is given up no more, so that each turn finds others. */
const replayDead = async ({ kit }: OpenHost, cli: Cli, { eventId, apply }: Dead): Promise<ListedMessage[]> => {
  const selection = { status: 'dead', ...(eventId !== undefined && { eventId }) } as const
  if (!apply) return kit.messages.list({ ...selection, limit: mostAtOnce })
  const messages: ListedMessage[] = []
  const progress = cli.progress()
  while (!cli.signal.aborted) {
    const dead = await kit.messages.list({ ...selection, limit: sentAtOnce })
    if (dead.length === 0) break
    const ids = dead.map(({ messageId }) => messageId)
    messages.push(...(await kit.messages.replay(ids, cli.signal)))
    progress.say(`${count(messages.length, 'message')} tried again`)
  }
  progress.end()
  return messages
}

const replayNamed = ({ kit }: OpenHost, cli: Cli, ids: string[], apply: boolean): Promise<ListedMessage[]> =>
  apply ? kit.messages.replay(ids, cli.signal) : kit.messages.list({ ids })

const addList: AddCommand = (messages, cli) => {
  messages
    .command('list')
    .description('what was and is to be sent, the latest first')
    .addOption(
      new Option('--status <status>', 'these alone').choices(['waiting', 'sent', 'dead', 'dismissed'] as const),
    )
    .option('--event <id>', "one event's alone", uuidOption)
    .option('--limit <n>', 'how many (default 50)', numberOption(1, mostAtOnce))
    .action(async ({ status, event, limit = 50 }) => {
      const selection = { limit, ...(status && { status }), ...(event !== undefined && { eventId: event }) }
      cli.answer(await cli.withKit(({ kit }) => kit.messages.list(selection)), viewList)
    })
}

const addReplay: AddCommand = (messages, cli) => {
  messages
    .command('replay')
    .description('send once more what was given up or waits; without --apply, tell which')
    .argument('[ids...]', "the messages'", uuidsOption)
    .option('--dead', 'all that were given up')
    .option('--event <id>', "with --dead: one event's alone", uuidOption)
    .option('--apply', 'do it')
    .action(async (ids = [], { dead = false, event, apply = false }) => {
      if (dead === ids.length > 0 || (event !== undefined && !dead)) {
        const detail = 'Name the messages to send, or all that were given up by --dead.'
        throw new CliError('usage', 'invalid_request', detail)
      }
      const found = await cli.withKit(
        open => (dead ? replayDead(open, cli, { eventId: event, apply }) : replayNamed(open, cli, ids, apply)),
        { endsInOrder: true },
      )
      const change = toChange(apply, found, ids)
      cli.answer(change, viewChange('Tried again:', 'puts back in line'))
      cli.stopIfInterrupted()
      cli.found(change.unknown.length > 0 || (apply && found.some(({ status }) => status !== 'sent')))
    })
}

const addDismiss: AddCommand = (messages, cli) => {
  messages
    .command('dismiss')
    .description('let go of what cannot be sent and was seen to otherwise; without --apply, tell which')
    .argument('<ids...>', "the messages'", uuidsOption)
    .option('--apply', 'do it')
    .option('--actor <name>', 'who does it, for the record; needed with --apply', actorOption)
    .action(async (ids, { apply, actor }) => {
      const who = requireActor({ apply, actor })
      const found = await cli.withKit(({ kit }) =>
        apply ? kit.messages.dismiss(ids, who) : kit.messages.list({ ids }),
      )
      const change = toChange(apply ?? false, found, ids)
      cli.answer(change, viewChange('Let go of', 'lets go of'))
      cli.found(change.unknown.length > 0)
    })
}

/** `venuekit messages list`, `venuekit messages replay`, `venuekit messages dismiss` */
export const addMessages: AddCommand = (program, cli) => {
  const messages = program.command('messages').description("the outbox: buyers' mails and calls of onFulfilled")
  for (const add of [addList, addReplay, addDismiss]) add(messages, cli)
}
