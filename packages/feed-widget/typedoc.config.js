import { entriesOf } from '../../scripts/reference/entriesOf.js'

export default { entryPoints: entriesOf(import.meta.url) }
