import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { CliError } from './cliError.ts'

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be read',
}

const readBytes = async (folder: string, name: string): Promise<Uint8Array> => {
  try {
    return await readFile(resolve(folder, name))
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    throw new CliError('usage', 'invalid_request', `${name}: ${reasons[code] ?? message}.`, { cause: error })
  }
}

/** A file's text, or stdin's for `-`. Throws `CliError`. */
export const readInput = async (folder: string, name: string): Promise<string> => {
  const bytes = name === '-' ? await buffer(process.stdin) : await readBytes(folder, name)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    const place = name === '-' ? 'What came on stdin' : name
    throw new CliError('usage', 'invalid_request', `${place} is not UTF-8: save it as UTF-8.`, { cause: error })
  }
}
