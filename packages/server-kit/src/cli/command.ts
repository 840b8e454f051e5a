import type { Command } from '@commander-js/extra-typings'
import type { Cli } from './cli.ts'

/** Adds one command to the program, or to a group such as `webhooks`. One file a command, in `commands/`. */
export type AddCommand = (program: Command, cli: Cli) => void
