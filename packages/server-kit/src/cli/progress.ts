import type { OutputStream } from './terminal.ts'

/** Says on stderr how far long work is. */
export interface Progress {
  say(text: string): void
  /** Leaves the line for what comes next. */
  end(): void
}

const everyMs = 1000

/** A line that is written over on a terminal; elsewhere, where asked for, one line a second at most. */
export const createProgress = (
  stream: OutputStream,
  { asked, now = () => performance.now() }: { asked: boolean; now?: () => number },
): Progress => {
  let shown = ''
  let said = Number.NEGATIVE_INFINITY
  if (stream.width !== null) {
    const width = stream.width - 1
    return {
      say(text) {
        const line = text.slice(0, width)
        stream.write(`\r${line.padEnd(shown.length)}`)
        shown = line
      },
      end() {
        if (shown !== '') stream.write(`\r${' '.repeat(shown.length)}\r`)
        shown = ''
      },
    }
  }
  return {
    say(text) {
      shown = text
      if (!asked || now() - said < everyMs) return
      said = now()
      shown = ''
      stream.write(`${text}\n`)
    },
    end() {
      if (asked && shown !== '') stream.write(`${shown}\n`)
      shown = ''
    },
  }
}
