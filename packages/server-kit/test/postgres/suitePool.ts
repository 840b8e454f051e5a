import { makePoolsHostile } from './hostilePool.ts'

// Runs before each suite on Postgres, and first of all in the servers that they start.
if (process.env.VENUEKIT_POOL === 'hostile') makePoolsHostile()
