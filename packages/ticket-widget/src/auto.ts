import { defineElement } from '@venuekit/core/element'
import { tag } from './api.ts'
import { VenueKitTicketsElement } from './element.ts'

defineElement(tag, VenueKitTicketsElement)
