import { readFileSync } from 'node:fs'

interface RunbookSection {
  codes: string[]
  text: string
  /** The commands of each of its blocks, in their order; the first block is what is run. */
  blocks: string[][]
}

const page = readFileSync(new URL('../../../../docs/runbook.md', import.meta.url), 'utf8')

const toSection = (text: string): RunbookSection => {
  const [heading = ''] = text.split('\n', 1)
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, lines = '']) => lines.trim().split('\n'))
  return { codes: [...heading.matchAll(/`(\w+)`/g)].map(([, code = '']) => code), text, blocks }
}

/** The sections of docs/runbook.md that stand below an alert's code. */
export const readRunbook = (): RunbookSection[] =>
  page
    .split(/^#{2,3} /m)
    .filter(text => text.startsWith('`'))
    .map(toSection)

/** Every command that the page names, in its blocks and in its sentences. */
export const runbookCommands = (): string[] => [
  ...new Set([...page.matchAll(/(?:^|`)(venuekit [^`\n]+)/gm)].map(([, command = '']) => command.trim())),
]

/** Every call of the API that the page makes, with what it sends; names in capitals stand for ids. */
export const runbookCalls = (): { path: string; headers: string[]; body: unknown }[] =>
  [...page.matchAll(/^curl API(\S+)([\s\S]*?) -d '(.*)'$/gm)].map(([, path = '', options = '', body = '']) => ({
    path,
    headers: [...options.matchAll(/-H ['"]([\w-]+):/g)].map(([, name = '']) => name),
    body: JSON.parse(body),
  }))
