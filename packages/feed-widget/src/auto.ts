import { defineElement } from '@venuekit/core/element'
import { tag } from './api.ts'
import { VenueKitFeedElement } from './element.ts'

defineElement(tag, VenueKitFeedElement)
