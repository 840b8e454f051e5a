import { serve } from '../../node/serve.ts'
import { CliError } from '../cliError.ts'
import type { AddCommand } from '../command.ts'
import { numberOption } from '../options.ts'
import { requireFittingSchema } from '../schemaFit.ts'

const defaultPort = 4000

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise(resolve => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

/** Asked to end before it served: that is what it was asked. */
const endWell = (error: unknown): void => {
  if (!(error instanceof CliError && (error.ending === 'interrupted' || error.ending === 'terminated'))) throw error
}

/** For an address: one of IPv6 stands in brackets. */
const inAddress = (host: string): string => (host.includes(':') ? `[${host}]` : host)

/** `venuekit serve` */
export const addServe: AddCommand = (program, cli) => {
  program
    .command('serve')
    .description('serve the API and run the jobs, until SIGTERM or Ctrl-C ends it in order')
    .option('--port <port>', `where to listen; 0 takes a free one (default ${defaultPort})`, numberOption(0, 65_535))
    .option('--host <address>', 'the address to listen on (default: every one)')
    .option('--no-jobs', 'leave the jobs to other processes')
    .option('--migrate', "bring the database to this release's schema first")
    .action(({ port, host, jobs, migrate }) => {
      const served = cli.withKit(
        async ({ kit, options, host: { serve: settings = {} } }) => {
          if (migrate) await kit.migrate()
          await requireFittingSchema(options.database)
          const address = host ?? settings.host
          const server = await serve({
            ...settings,
            kit,
            port: port ?? settings.port ?? defaultPort,
            jobs: jobs && (settings.jobs ?? true),
            signals: false,
            ...(address !== undefined && { host: address }),
          })
          cli.note(`Serving on http://${inAddress(address ?? 'localhost')}:${server.port}`)
          await untilAborted(cli.signal)
          await server.close()
        },
        { endsInOrder: true, fittingSchema: false, keepsLog: true },
      )
      return served.catch(endWell)
    })
}
