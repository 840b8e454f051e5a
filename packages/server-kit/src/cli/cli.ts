import { createServerKit, type ServerKit, type ServerKitOptions } from '../createServerKit.ts'
import type { Host } from '../node/defineHost.ts'
import type { Log } from '../ports/log.ts'
import { CliError } from './cliError.ts'
import type { Ending } from './exitCodes.ts'
import { type LoadedHost, loadHost } from './loadHost.ts'
import { mapTexts } from './mapTexts.ts'
import { createPaint, type Paint } from './paint.ts'
import { plainJson, plainLines } from './plainText.ts'
import { createProgress, type Progress } from './progress.ts'
import { readInput } from './readInput.ts'
import { createRedactor, type Redactor, secretsOf } from './redact.ts'
import { requireFittingSchema } from './schemaFit.ts'
import { type Column, table } from './table.ts'
import type { OutputStream, Terminal } from './terminal.ts'

/** What every command takes beside its own options. */
export interface GlobalOptions {
  config?: string | undefined
  envFile?: string | undefined
  json?: true | undefined
  progress?: true | undefined
  verbose?: true | undefined
  color: boolean
}

export interface OpenHost {
  readonly kit: ServerKit
  /** As the host's configuration gave them. */
  readonly options: ServerKitOptions
  readonly host: Host
  /** The configuration's file. */
  readonly path: string
}

export interface KitUse {
  /**
   * True where the work looks at the signal and ends by itself; what only reads is left where it stands.
   */
  endsInOrder?: boolean
  /** False for commands that have to do with a database of any age. */
  fittingSchema?: boolean
  /** True where the kit's log is what people read, as the host writes it; else warnings alone, on stderr. */
  keepsLog?: boolean
}

export interface Answer {
  /** `keep` where addresses are what was asked for. Masked by default. */
  emails?: 'mask' | 'keep'
  /** True where it is public and read by a program again: what is starred, or cleaned for a terminal, would be lost. */
  verbatim?: boolean
}

/** What views draw with. */
export interface Canvas {
  readonly paint: Paint
  table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string
}

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

const never = new Promise<never>(() => {})

/** The reason an abort gave, as what the command ended by. */
export const interruption = (signal: AbortSignal): CliError => {
  const ending: Ending = signal.reason === 'terminated' ? 'terminated' : 'interrupted'
  return new CliError(ending, ending, 'Ended before its end, as asked.')
}

/** One run of the command line: what commands read their world from and answer through. */
export class Cli {
  readonly terminal: Terminal
  readonly redactor: Redactor
  options: GlobalOptions = { color: true }
  /** How the run ends, unless something is thrown. */
  ending: Ending = 'ok'

  /** Where what is printed beside answers goes: a server's log belongs on stdout, nothing else does. */
  #console: OutputStream

  constructor(terminal: Terminal) {
    this.#console = terminal.stderr
    this.terminal = terminal
    this.redactor = createRedactor(secretsOf(terminal.env))
    terminal.onConsole(text => this.#console.write(this.redactor.text(text, 'mask')))
  }

  get signal(): AbortSignal {
    return this.terminal.signal
  }

  get canvas(): Canvas {
    const { env, stdout } = this.terminal
    const { width } = stdout
    const paint = createPaint(width !== null && this.options.color && !env.NO_COLOR && env.TERM !== 'dumb')
    return { paint, table: (columns, rows) => table(columns, rows, { width, paint }) }
  }

  /** The answer, a value of JSON: one document with --json, else what `view` makes of it. */
  answer<Report>(
    report: Report,
    view: (report: Report, canvas: Canvas) => string,
    { emails = 'mask', verbatim = false }: Answer = {},
  ): void {
    const redact = (text: string) => (verbatim ? text : this.redactor.text(text, emails))
    const show = (text: string) => (verbatim && this.terminal.stdout.width === null ? text : plainLines(text))
    // The values first: what a table breaks into lines is not found in its text any more.
    const clean = mapTexts(JSON.parse(JSON.stringify(report)), redact)
    const text = this.options.json ? plainJson(clean, 2) : redact(view(mapTexts(clean, show) as Report, this.canvas))
    this.terminal.stdout.write(`${text}\n`)
  }

  /** Something beside the answer, for people, on stderr. */
  note(text: string): void {
    this.terminal.stderr.write(`${plainLines(this.redactor.text(text, 'mask'))}\n`)
  }

  /** The run ends with `findings` where there are any. */
  found(something: boolean): void {
    if (something) this.ending = 'findings'
  }

  /** Throws what a signal ended the run by, where one did. For work that ended in order, once its answer is given. */
  stopIfInterrupted(): void {
    if (this.signal.aborted) throw interruption(this.signal)
  }

  progress(): Progress {
    const progress = createProgress(this.terminal.stderr, { asked: this.options.progress ?? false })
    return { ...progress, say: text => progress.say(this.redactor.text(text, 'mask')) }
  }

  loadHost(): Promise<LoadedHost> {
    const { config, envFile } = this.options
    return loadHost({ folder: this.terminal.folder, config, envFile }).finally(() =>
      this.redactor.add(secretsOf(this.terminal.env)),
    )
  }

  /** A file's text, or stdin's for `-`, unless a signal comes first. */
  readInput(name: string): Promise<string> {
    return Promise.race([readInput(this.terminal.folder, name), this.#untilInterrupted()])
  }

  /** Opens the host's kit for the work, and closes it whatever becomes of it. Throws `CliError` where a signal ended it. */
  async withKit<Result>(
    work: (open: OpenHost) => Promise<Result>,
    { endsInOrder = false, fittingSchema = true, keepsLog = false }: KitUse = {},
  ): Promise<Result> {
    // A gateway or a database that does not answer holds up nobody who has had enough.
    const { host, path, options } = await Promise.race([this.#readHost(), this.#untilInterrupted()])
    if (keepsLog) this.#console = this.terminal.stdout
    const kit = await this.#openKit(keepsLog ? options : { ...options, log: this.#log() })
    const run = async () => {
      if (fittingSchema) await requireFittingSchema(options.database)
      return work({ kit, options, host, path })
    }
    try {
      return await Promise.race([run(), endsInOrder ? never : this.#untilInterrupted()])
    } finally {
      await kit.close()
    }
  }

  async #readHost() {
    const { host, path, readOptions } = await this.loadHost()
    return { host, path, options: await readOptions() }
  }

  async #openKit(options: ServerKitOptions): Promise<ServerKit> {
    this.redactor.add(textsIn(options.secrets))
    try {
      return createServerKit(options)
    } catch (error) {
      await options.database.close()
      throw error
    }
  }

  /** The kit's own entries: on stderr, so that stdout holds the answer alone. */
  #log(): Log {
    const write =
      (level: keyof Log) =>
      (message: string, fields: Record<string, unknown> = {}) => {
        if (level !== 'info' || this.options.verbose) this.note(JSON.stringify({ level, message, ...fields }))
      }
    return { info: write('info'), warn: write('warn'), error: write('error') }
  }

  #untilInterrupted(): Promise<never> {
    return new Promise((_resolve, reject) => {
      const end = () => reject(interruption(this.signal))
      if (this.signal.aborted) end()
      else this.signal.addEventListener('abort', end, { once: true })
    })
  }
}
