// Compiled without a page's own types, as a host on Node has it; never run.
import { createClient } from '@venuekit/core'
import { createTicketVerifier } from '@venuekit/core/check-in'
import { routes } from '@venuekit/core/contracts'
import { createServerKit, makeTicketKey } from '@venuekit/server-kit'
import { localMedia } from '@venuekit/server-kit/local-media'
import { muxMedia } from '@venuekit/server-kit/mux'
import { serve } from '@venuekit/server-kit/node'
import { pgDatabase } from '@venuekit/server-kit/pg'
import { pgliteDatabase } from '@venuekit/server-kit/pglite'
import { smtpMessages } from '@venuekit/server-kit/smtp'
import { createStripeGateway } from '@venuekit/server-kit/stripe'

export const used = [createClient, createTicketVerifier, routes, createServerKit, makeTicketKey]
export const adapters = [localMedia, muxMedia, serve, pgDatabase, pgliteDatabase, smtpMessages, createStripeGateway]
