import { CommanderError } from '@commander-js/extra-typings'
import { Cli, interruption } from './cli.ts'
import type { CliError } from './cliError.ts'
import { exitCodes } from './exitCodes.ts'
import { toCliError } from './failure.ts'
import { plainJson } from './plainText.ts'
import { createProgram } from './program.ts'
import { readVersion } from './readVersion.ts'
import type { Terminal } from './terminal.ts'

/** Help and version, which commander ends by throwing as well. */
const isAsked = (error: unknown): boolean => error instanceof CommanderError && error.exitCode === 0

/** No command at all, or a group's name alone: help is what stderr holds by now, for people. */
const isHelpInstead = (error: unknown): boolean => error instanceof CommanderError && error.code === 'commander.help'

const tell = (cli: Cli, error: CliError, asJson: boolean): void => {
  const { code, ending, message, fields } = error
  if (asJson) {
    const problem = { code, message, exitCode: exitCodes[ending], ...(fields && { fields }) }
    cli.note(plainJson(cli.redactor.value(problem, 'mask')))
    return
  }
  cli.note(`venuekit: ${message}`)
  if (ending === 'usage' && error.cause instanceof CommanderError) cli.note('venuekit --help lists what there is.')
  if (cli.options.verbose) cli.note(traceOf(error))
}

/** What was thrown first, and what came of it; our own sentence stands above. */
const traceOf = (error: Error): string => {
  const errors = new Set<Error>()
  for (let at: unknown = error.cause ?? error; at instanceof Error && !errors.has(at); at = at.cause) errors.add(at)
  return [...errors].map(each => each.stack ?? String(each)).join('\ncaused by ')
}

/** One run of the command line, from its arguments to its exit code. Throws nothing. */
export const runCli = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  const cli = new Cli(terminal)
  // Options are not read yet where they are what is wrong.
  const asJson = args.includes('--json')
  try {
    const program = createProgram(cli, await readVersion(), { asJson })
    await program.parseAsync([...args], { from: 'user' })
    return exitCodes[cli.ending]
  } catch (error) {
    if (isAsked(error)) return exitCodes.ok
    if (isHelpInstead(error) && !asJson) return exitCodes.usage
    const told = cli.signal.aborted ? interruption(cli.signal) : toCliError(error)
    tell(cli, told, asJson)
    return exitCodes[told.ending]
  }
}
