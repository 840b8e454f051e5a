import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The sources behind a package's exports, each once. */
export const entriesOf = config => {
  const { exports } = JSON.parse(readFileSync(new URL('package.json', config), 'utf8'))
  const sources = Object.values(exports).flatMap(entry => entry['@venuekit/source'] ?? [])
  return sources.map(source => fileURLToPath(new URL(source, config)))
}
