// What a framework does on its server: every entry is imported where there is no page.
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'

const before = new Set(Object.getOwnPropertyNames(globalThis))
const modules = await Promise.all(process.argv.slice(2).map(entry => import(entry)))
// zod and MSW keep a registry each.
const added = Object.getOwnPropertyNames(globalThis).filter(name => !before.has(name) && !/^__(zod|MSW)_/.test(name))
const { VenueKitFeedElement } = await import('@venuekit/feed-widget')
const markup = renderToString(createElement('venuekit-feed', { 'feed-id': 'a' }, 'Loading the feed'))
console.log(JSON.stringify({ imported: modules.length, added, element: typeof VenueKitFeedElement, markup }))
