/** One of the process's two ways out. */
export interface OutputStream {
  write(text: string): void
  /** Columns of a terminal; null for a file or a pipe. */
  readonly width: number | null
}

/** What a run of the command line has of its process; tests give their own. */
export interface Terminal {
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly env: Record<string, string | undefined>
  /** Where the command was called. */
  readonly folder: string
  /** Takes what modules print by `console`, from now on. */
  onConsole(listener: (text: string) => void): void
  /** Aborted by SIGINT or SIGTERM; its reason is the ending's name. */
  readonly signal: AbortSignal
}
