import { Command, Option } from '@commander-js/extra-typings'
import type { Cli } from './cli.ts'
import { commands } from './commands.ts'

const endings = 'Exit codes: 0 fine, 1 findings, 2 usage, 3 configuration, 4 database, 5 schema, 6 refused, 7 gateway.'

/** The whole command line. Parsing throws `CommanderError` instead of ending the process. */
export const createProgram = (cli: Cli, version: string, { asJson = false } = {}): Command => {
  const { stdout, stderr } = cli.terminal
  const program = new Command('venuekit')
    .description('Runs, watches and mends a VenueKit host.')
    .version(version, '--version', 'print the version')
    .option('--config <file>', 'the configuration, instead of venuekit.config.ts here')
    .option('--env-file <file>', 'environment to read first, instead of .env beside the configuration')
    .option('--json', 'one JSON document on stdout, problems as JSON on stderr')
    .option('--progress', 'tell of long work on stderr though it is no terminal')
    .option('--verbose', "the kit's own log, and where an error comes from")
    .addOption(new Option('--no-color', 'no colours, as with NO_COLOR'))
    .addHelpText('after', `\n${endings}`)
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: text => stdout.write(text),
      // The help that is shown where a command is missing: a program is told so by the problem alone.
      writeErr: text => (asJson ? undefined : stderr.write(text)),
      // What went wrong is told once, by whoever catches the error.
      outputError: () => {},
      getOutHelpWidth: () => stdout.width ?? 100,
      getErrHelpWidth: () => stderr.width ?? 100,
    })
    .hook('preAction', root => {
      cli.options = root.opts() as Cli['options']
    })
  for (const add of commands) add(program as unknown as Command, cli)
  return program as unknown as Command
}
