export { customProperties, type FeedEvents, parts, properties, tag } from './api.ts'
export { VenueKitFeedElement } from './element.ts'
export { englishMessages, type FeedMessageOverrides, type FeedMessages } from './messages.ts'
