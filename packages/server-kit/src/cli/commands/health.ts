import type { Health } from '../../services/health.ts'
import type { Canvas } from '../cli.ts'
import type { AddCommand } from '../command.ts'
import { uuidOption } from '../options.ts'
import { words } from '../words.ts'

const view = ({ score, parts }: Health, { paint, table }: Canvas): string => {
  const wrong = Object.entries(parts).filter(([, amount]) => amount > 0)
  if (wrong.length === 0) return paint('green', 'Nothing is wrong: health is 0, which is perfect.')
  const rows = table(
    [
      { title: 'What', value: ([kind]) => words(kind), wraps: true },
      { title: 'How much', value: ([, amount]) => amount },
    ],
    wrong,
  )
  return `${paint('red', `Health is ${score}; 0 is perfect.`)}\n\n${rows}\n\nvenuekit audit names each of them.`
}

/** `venuekit health` */
export const addHealth: AddCommand = (program, cli) => {
  program
    .command('health')
    .description('what is wrong, counted: 0 is perfect')
    .option('--event <id>', 'this event alone, live', uuidOption)
    .action(async ({ event }) => {
      const report = await cli.withKit(({ kit }) => kit.health(event))
      cli.answer(report, view)
      cli.found(report.score > 0)
    })
}
