import { defineElement } from '@venuekit/core/element'
import { tag } from './api.ts'
import { tag as buttonTag } from './button/buttonApi.ts'
import { VenueKitButtonElement } from './button/buttonElement.ts'
import { VenueKitTicketsElement } from './element.ts'

defineElement(tag, VenueKitTicketsElement)
defineElement(buttonTag, VenueKitButtonElement)
