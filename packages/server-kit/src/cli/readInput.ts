import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { CliError } from './cliError.ts'

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
}

/** A file's text, or stdin's for `-`. Throws `CliError`. */
export const readInput = async (folder: string, name: string): Promise<string> => {
  if (name === '-') return text(process.stdin)
  let bytes: Uint8Array
  try {
    bytes = await readFile(resolve(folder, name))
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    throw new CliError('usage', 'invalid_request', `${name}: ${reasons[code] ?? message}.`, { cause: error })
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new CliError('usage', 'invalid_request', `${name} is not UTF-8: save it as UTF-8.`, { cause: error })
  }
}
